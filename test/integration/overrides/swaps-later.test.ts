import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import type { Answer } from '../../support/service/requests.js';
import { type Swap, Swapped } from './swapped.js';
import { aProgramWithDailyTurns, days, hours, type ScheduleTold, Turns } from './turns.js';

let service: Service;
let turns: Turns;
let swaps: Swapped;
beforeAll(async () => {
  service = await startService({ program: aProgramWithDailyTurns() });
  turns = await Turns.of(service);
  swaps = new Swapped(turns);
});
afterAll(() => service.stop());

const noonAt = (time: string) => (body: ScheduleTold) =>
  (body.layers[0]!.turns.handOff.time = time);
const later = (at: string, count: number) => new Date(Date.parse(at) + hours(count)).toISOString();
const outcomesOf = (id: string) =>
  turns.recorded(id).then((all) => all.map(({ action }) => action.replace('swap.', '')));

afterEach(async () => {
  expect((await turns.publish(noonAt('12:00'))).status).toBe(200);
  await swaps.settleAll();
});

/** `primary` gives a whole shift to `clinician-4`, who has accepted. */
async function accepted(after = 0): Promise<{ swap: Answer<Swap>; from: string; to: string }> {
  const given = await turns.shiftOf('primary', after);
  const asked = await swaps.request('primary', 'clinician-4', given);
  return { swap: await swaps.act('clinician-4', asked, 'acceptance'), ...given };
}

const stateOf = (id: string, state: string) =>
  service.eventually(async () => {
    const { body } = await swaps.show(id);
    expect(body.state).toBe(state);
    return body;
  });

describe('a swap whose shift changes', () => {
  it('has to be confirmed by both, and holds as it was until they have', async () => {
    const { swap, from, to } = await accepted();
    await turns.publish(noonAt('14:00'));

    const changed = await swaps.show(swap.body.id);
    expect(changed.body).toMatchObject({
      state: 'reconfirm',
      given: { from, to },
      changed: { given: { from: later(from, 2), to: later(to, 2) }, inReturn: null },
      confirmedBy: [],
    });
    const stands = 'clinician-4: schedule primary, swap in place of primary';
    expect(await turns.onCall(later(from, 3))).toEqual([stands]);
    expect(await turns.onCall(later(to, 1))).toEqual(['primary: schedule primary, layer nights']);

    const one = await swaps.act('clinician-4', changed, 'confirmation');
    expect(one.body).toMatchObject({
      state: 'reconfirm',
      confirmedBy: [{ id: turns.idOf('clinician-4') }],
    });
    const both = await swaps.act('primary', one, 'confirmation');
    expect(both.body).toMatchObject({
      state: 'accepted',
      given: { from: later(from, 2), to: later(to, 2) },
      changed: null,
    });
    expect(await turns.onCall(later(to, 1))).toEqual([stands]);
    expect(await turns.onCall(later(to, 2))).not.toEqual([stands]);
    expect(await outcomesOf(swap.body.id)).toEqual([
      'requested',
      'accepted',
      'shift_changed',
      'confirmed',
      'confirmed',
    ]);
  });

  it('is undone when one of them declines what has become of it', async () => {
    const { swap, from } = await accepted();
    await turns.publish(noonAt('14:00'));
    const changed = await swaps.show(swap.body.id);

    const declined = await swaps.act('primary', changed, 'refusal');

    expect(declined.body.state).toBe('undone');
    expect(await turns.onCall(later(from, 3))).toEqual(['primary: schedule primary, layer nights']);
  });

  it('is confirmed by a supervisor for both', async () => {
    const { swap, from } = await accepted();
    await turns.publish(noonAt('14:00'));
    const changed = await swaps.show(swap.body.id);

    const confirmed = await swaps.act('supervisor', changed, 'confirmation');

    expect(confirmed.body).toMatchObject({ state: 'accepted', given: { from: later(from, 2) } });
  });

  it('needs nothing when the schedule is changed back', async () => {
    const { swap } = await accepted();
    await turns.publish(noonAt('14:00'));
    await turns.publish(noonAt('12:00'));

    expect((await swaps.show(swap.body.id)).body).toMatchObject({
      state: 'accepted',
      changed: null,
    });
  });

  it('is undone by itself when nothing is left of the shift', async () => {
    const { swap, from, to } = await accepted(1);
    const day = (at: string) => at.slice(0, 16);
    const shifts = [{ members: ['backup'], from: day(from), to: day(to) }];
    const stretch = { name: 'moved', from: day(from), to: day(to), shifts };
    await turns.publish((body) => (body.fixed = [stretch]));

    const { body } = await swaps.show(swap.body.id);
    expect(body).toMatchObject({ state: 'undone', outcome: 'shift_gone' });
    expect(await turns.onCall(from)).toEqual(['backup: schedule primary, fixed: moved']);
    await turns.publish((schedule) => (schedule.fixed = []));
  });

  it('ends as a mere request', async () => {
    const asked = await swaps.request('primary', 'clinician-4', await turns.shiftOf('primary'));
    await turns.publish(noonAt('14:00'));

    const { body } = await swaps.show(asked.body.id);
    expect(body).toMatchObject({ state: 'expired', outcome: 'shift_changed' });
  });

  it('stays the same through a change of something else', async () => {
    const { swap } = await accepted();
    await turns.publish((body) => (body.fatigue = { hoursPerWeekMax: 168 }));
    await turns.override({
      kind: 'add',
      incoming: 'backup',
      to: later(new Date().toISOString(), 2),
    });

    expect((await swaps.show(swap.body.id)).body).toMatchObject({ state: 'accepted', version: 2 });
  });
});

describe('as time passes', () => {
  it('a request that nobody answers ends after 72 hours, also when every job is lost', async () => {
    const asked = await swaps.request('primary', 'clinician-4', await turns.shiftOf('primary', 3));
    await service.loseEveryJob();
    await service.passTime(hours(71));
    expect((await swaps.show(asked.body.id)).body.state).toBe('requested');
    await service.passTime(hours(1));

    const body = await stateOf(asked.body.id, 'expired');

    expect(body.outcome).toBe('not_answered');
    const late = await swaps.act('clinician-4', asked, 'acceptance');
    expect(late.status).toBe(409);
  });

  it('a request ends when the earlier of the two shifts starts', async () => {
    const given = await turns.shiftOf('primary', 1);
    const inReturn = await turns.shiftOf('clinician-1', 0);
    const asked = await swaps.request('primary', 'clinician-1', given, inReturn);
    const starts = Math.min(Date.parse(given.from), Date.parse(inReturn.from));
    await service.passTime(starts - (await turns.now()));

    expect(await stateOf(asked.body.id, 'expired')).toMatchObject({ outcome: 'not_answered' });
  });

  it('what nobody confirms stands as it was agreed on, and is paged so', async () => {
    const { swap, from } = await accepted();
    await turns.publish(noonAt('14:00'));
    await service.passTime(Date.parse(from) - (await turns.now()));
    expect(await stateOf(swap.body.id, 'accepted')).toMatchObject({ outcome: 'not_confirmed' });
    await service.passTime(hours(3));

    const { body } = await service.raiseFlag();

    const paged = await service.sql<{ key: string }>(
      `select s.key from pages p join staff s on s.id = p.staff_id where p.subject_id = $1`,
      [body.case!.id],
    );
    expect(paged).toEqual([{ key: 'clinician-4' }]);
    const undone = await swaps.act('primary', await swaps.show(swap.body.id), 'undoing');
    expect([undone.status, undone.body]).toMatchObject([409, { code: 'swap_started' }]);
    await service.passTime(days(1));
  });

  it('that has begun can be ended for whoever falls ill, and somebody else is called', async () => {
    const { swap, from, to } = await accepted();
    await service.passTime(Date.parse(from) + hours(1) - (await turns.now()));
    const [row] = await service.sql<{ id: string }>(
      'select id from schedule_overrides where swap_id = $1',
      [swap.body.id],
    );

    expect((await turns.withdraw(row!.id)).status).toBe(201);
    const replaced = await turns.override({
      outgoing: 'primary',
      incoming: 'clinician-1',
      to,
    });

    expect(replaced.status).toBe(201);
    expect(await turns.onCall(later(from, 2))).toEqual([
      'clinician-1: schedule primary, override in place of primary',
    ]);
    await service.passTime(days(1));
  });
});
