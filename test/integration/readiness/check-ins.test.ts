import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { StaffPhone } from '../pages/staff-phone.js';
import { Visitor } from '../web/visitor.js';
import { aProgramOfShifts, days, hours, minutes, Shifts } from './shifts.js';

let service: Service;
let shifts: Shifts;
beforeAll(async () => {
  service = await startService({ program: aProgramOfShifts() });
  shifts = new Shifts(service);
});
afterAll(() => service.stop());

/** To the moment at which the next turn begins. */
async function beginTurn(): Promise<{ incoming: string; outgoing: string; at: number }> {
  const turn = await shifts.nextTurn();
  await shifts.lookAtAll();
  await shifts.passUntil(turn.at + 1_000);
  await shifts.watchIn(turn.incoming, 'asked');
  return turn;
}

describe('whoever goes on call', () => {
  it('is told an hour before, with the time and its zone', async () => {
    const { at, incoming } = await shifts.nextTurn(hours(2));
    await shifts.passUntil(at - hours(1) + 1_000);
    const { body } = await shifts.text(incoming, /you are on call for Night line from/);

    expect(body).toContain('12:00 UTC');
    expect(body).not.toContain('Reply');
  });

  it('is asked at its beginning, and checks in by text; whoever goes off is told', async () => {
    const { incoming, outgoing } = await beginTurn();
    const text = await shifts.text(incoming, /check-in, Night line/);
    const off = await shifts.text(outgoing, /your shift for Night line is over/);
    const said = await shifts.reply(incoming, text);

    expect(off.body).toContain('12:00 UTC. No open case is yours');
    expect(said).toContain('you are checked in for Night line');
    expect(await shifts.watchIn(incoming, 'on')).toMatchObject({ via: 'sms', asks: 1 });
    expect(await shifts.reply(incoming, text)).toContain('checked in for Night line already');
  });

  it('checks in by the link, which tells what it is about', async () => {
    const visitor = new Visitor(service);
    const { incoming } = await beginTurn();
    const path = shifts.linkIn(await shifts.text(incoming, /check-in, Night line/));
    const page = await visitor.get(path);
    const answered = await visitor.post(path, { answer: 'take' });

    expect(page.text).toContain('Check-in for Night line. You are on call until');
    expect(page.text).toContain('I am here');
    expect(answered.text).toContain('You are checked in.');
    expect(await shifts.watchIn(incoming, 'on')).toMatchObject({ via: 'link' });
  });

  it('checks in by a key in the call that comes without an answer to the text', async () => {
    const { incoming } = await beginTurn();
    await service.passTime(20_000);
    const phone = new StaffPhone(service, incoming);
    const call = await phone.pickUp();
    const said = await phone.press('1');

    expect(call.said[0]).toContain('Check-in for Night line.');
    expect(said).toContain('You are checked in for Night line.');
    expect(await shifts.watchIn(incoming, 'on')).toMatchObject({ via: 'voice' });
  });

  it('checks in by API, once and only for themselves', async () => {
    const { incoming, outgoing } = await beginTurn();
    const { id } = await shifts.watchIn(incoming, 'asked');
    const answer = (person: string, body: object) =>
      service.api(person).post(`/v1/check-ins/${id}/answers`, body);

    expect(await answer(outgoing, { answer: 'here' })).toMatchObject({ status: 404 });
    expect(await answer(incoming, { answer: 'maybe' })).toMatchObject({ status: 400 });
    expect(await answer(incoming, { answer: 'here' })).toMatchObject({
      status: 201,
      body: { state: 'on' },
    });
    expect(await shifts.watchIn(incoming, 'on')).toMatchObject({ via: 'api' });
  });

  it('is asked more than once before anybody stands in', async () => {
    const { incoming } = await beginTurn();
    await shifts.text(incoming, /check-in, Night line/);
    await service.passTime(minutes(4));
    const again = await shifts.text(incoming, /check-in, Night line/);

    expect((await shifts.onCall(await shifts.now())).map(({ key }) => key)).toEqual([incoming]);
    expect(await shifts.reply(incoming, again)).toContain('you are checked in');
    expect(await shifts.watchIn(incoming, 'on')).toMatchObject({ asks: 2 });
    expect(await shifts.alarms()).toEqual([]);
  });
});

describe('without an answer within ten minutes', () => {
  let missing: string;

  it('a flag meanwhile pages whoever should be there, and nobody is taken off call', async () => {
    ({ incoming: missing } = await beginTurn());
    await service.passTime(minutes(9));
    const { body } = await service.raiseFlag();
    await service.phones.expectPage(missing, { ref: body.case!.ref });

    expect(await shifts.onCall(await shifts.now())).toMatchObject([{ key: missing }]);
  });

  it('the backup is put on call by an override that everybody sees', async () => {
    await service.passTime(minutes(1));
    await shifts.watchIn(missing, 'missed');
    const now = await shifts.now();
    const { body } = await service.api('backup').get('/v1/check-ins?program=harness');

    expect(await shifts.onCall(now)).toEqual([
      { key: 'backup', why: `schedule primary, override in place of ${missing}` },
    ]);
    expect(body).toMatchObject({ code: 'forbidden' });
  });

  it('the supervisors are alarmed until one of them takes it', async () => {
    const text = await shifts.text('supervisor', /ALARM check-in missed: Night line/);
    expect(text.body).toContain('The backup is asked');
    expect(await shifts.alarms()).toMatchObject([{ kind: 'check_in_missed', taken: false }]);
    expect(await shifts.reply('supervisor', text)).toContain('you have taken the alarm about');
    expect(await shifts.alarms()).toMatchObject([{ taken: true }]);
  });

  it('the next flag pages the backup, who has to answer in turn', async () => {
    const { body } = await service.raiseFlag();
    await service.phones.expectPage('backup', { ref: body.case!.ref });
    const text = await shifts.text('backup', /please stand in/);

    expect(await shifts.reply('backup', text)).toContain('you stand in and are on call');
    expect(await shifts.watchIn('backup', 'on')).toMatchObject({ via: 'sms' });
  });

  it('whoever answers late is told who has it', async () => {
    await shifts.text(missing, /your check-in was missed/);
    const text = (await shifts.texts(missing)).findLast(({ body }) => /check-in, /.test(body))!;

    expect(await shifts.reply(missing, text)).toContain('came too late');
    expect(await shifts.onCall(await shifts.now())).toMatchObject([{ key: 'backup' }]);
  });

  it('supervisors see who is there, and for whom', async () => {
    const { body } = await shifts.checkIns();
    const { checkIns } = body as unknown as { checkIns: Record<string, unknown>[] };
    const standIn = checkIns.find(({ standsInFor }) => standsInFor !== null);

    expect(standIn).toMatchObject({
      schedule: { key: 'primary', name: 'Night line' },
      zone: 'UTC',
      person: { name: service.program.people.get('backup')!.name },
      standsInFor: { name: service.program.people.get(missing)!.name },
      state: 'on',
      answeredAt: expect.any(String),
    });
  });

  it('is all on record', async () => {
    const rows = await service.sql<{ action: string; actor: string }>(
      `select action, actor_type as actor from audit.audit_events
        where action like 'check_in.%' order by seq desc limit 3`,
    );
    const [override] = await service.sql<{ actor: string; body: string }>(
      `select actor_type as actor, body from audit.audit_events where action = 'override.made'`,
    );
    expect(override).toMatchObject({ actor: 'system' });
    expect(override!.body).toContain('"madeVia":"check_in"');
    expect(rows.toReversed()).toEqual([
      { action: 'check_in.missed', actor: 'system' },
      { action: 'check_in.asked', actor: 'system' },
      { action: 'check_in.answered', actor: 'staff' },
    ]);
  });
});

describe('whoever says that they cannot', () => {
  it('is replaced at once', async () => {
    const { incoming } = await beginTurn();
    const text = await shifts.text(incoming, /check-in, Night line/);

    expect(await shifts.reply(incoming, text, ' N')).toContain('The backup is being asked');
    expect(await shifts.onCall(await shifts.now())).toMatchObject([{ key: 'backup' }]);
    expect(await shifts.watchIn(incoming, 'declined', 'over')).toMatchObject({ stoodIn: true });
  });

  it('and so is whoever stands in and does not answer, by the next one of the policy', async () => {
    await shifts.watchIn('backup', 'asked');
    await service.passTime(minutes(10));
    const text = await shifts.text('supervisor', /please stand in/);

    const onCall = await shifts.onCall(await shifts.now());
    expect(onCall.map(({ key }) => key).toSorted()).toEqual(['backup', 'supervisor']);
    expect(await shifts.reply('supervisor', text)).toContain('you stand in');
  });

  it('where nobody is left to ask, stays on call, and the supervisors are told so', async () => {
    const { incoming } = await beginTurn();
    await service.passTime(minutes(10));
    await shifts.watchIn('backup', 'asked');
    await service.passTime(minutes(10));
    await shifts.watchIn('supervisor', 'asked');
    await service.passTime(minutes(10));
    await shifts.watchIn('supervisor', 'missed');
    const text = await shifts.text('supervisor', /No backup was found/);
    const late = (await shifts.texts('supervisor')).findLast(({ body }) => /stand in/.test(body))!;

    expect(await shifts.reply('supervisor', late)).toContain('you stand in');
    expect(await shifts.reply('supervisor', text)).toContain('you have taken the alarm');
    expect(await shifts.watchIn(incoming, 'missed', 'over')).toMatchObject({ stoodIn: true });
    await service.passTime(days(1));
  });
});
