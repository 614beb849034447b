import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import type { Answer } from '../../support/service/requests.js';
import { aProgramWithDailyTurns, hours, Turns } from './turns.js';

let service: Service;
let turns: Turns;
beforeAll(async () => {
  service = await startService({ program: aProgramWithDailyTurns() });
  turns = await Turns.of(service);
});
afterAll(() => service.stop());

interface Made {
  override: { id: string; state: string; madeBy: { name: string } };
  effect: { none: boolean; changes: { from: string; to: string; before: object[] }[] };
  warnings: { code: string; detail: string }[];
}
const made = ({ body }: Answer) => body as unknown as Made;
const person = (key: string) => ({
  id: turns.idOf(key),
  name: service.program.people.get(key)!.name,
});
const hoursAfter = (at: string, count: number) =>
  new Date(Date.parse(at) + hours(count)).toISOString();

/** To leave nothing behind for the next test. */
async function undo(answer: Answer): Promise<void> {
  expect((await turns.withdraw(made(answer).override.id)).status).toBe(201);
}

describe('an override', () => {
  it('puts somebody on call in place of somebody, and says for whom it changes what', async () => {
    const { from, to } = await turns.shiftOf('primary');
    const until = hoursAfter(from, 8);
    const wanted = { incoming: 'clinician-4', outgoing: 'primary', from, to: until };
    const answer = await turns.override(wanted);

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      override: {
        kind: 'replace',
        state: 'coming',
        incoming: person('clinician-4'),
        outgoing: person('primary'),
        madeBy: person('supervisor'),
        via: 'staff',
      },
      effect: {
        none: false,
        changes: [
          {
            from,
            to: until,
            localFrom: from.slice(0, 16),
            before: [person('primary')],
            after: [person('clinician-4')],
          },
        ],
      },
      warnings: [],
    });
    expect(await turns.onCall(from)).toEqual([
      'clinician-4: schedule primary, override in place of primary',
    ]);
    expect(await turns.onCall(until)).toEqual(['primary: schedule primary, layer nights']);
    const list = await service
      .api('primary')
      .get(`/v1/schedules/${turns.id}/overrides?from=${from}&to=${to}`);
    expect(list.body['overrides']).toMatchObject([{ id: made(answer).override.id }]);
    await undo(answer);
  });

  it('is undone without a trace in the answer, and on record with what was before', async () => {
    const { from, to } = await turns.shiftOf('clinician-1');
    const before = await turns.shifts();
    const answer = await turns.override({ incoming: 'backup', outgoing: 'clinician-1', from, to });
    const { id } = made(answer).override;
    expect(await turns.shifts()).not.toEqual(before);

    const undone = await turns.withdraw(id);

    expect(undone.body).toMatchObject({
      override: { state: 'withdrawn' },
      effect: { changes: [{ before: [person('backup')], after: [person('clinician-1')] }] },
    });
    expect(await turns.shifts()).toEqual(before);
    const [was, is] = await turns.recorded(id);
    expect([was!.action, is!.action]).toEqual(['override.made', 'override.withdrawn']);
    expect(was!.body).toMatchObject({ before: null, after: { incoming: turns.idOf('backup') } });
    expect(is!.body).toMatchObject({ before: was!.body['after'], after: null });
    const again = await turns.withdraw(id);
    expect([again.status, again.body['code']]).toEqual([409, 'override_withdrawn']);
  });

  it('that has started ends now, and what has passed stays as it was', async () => {
    const now = await turns.now();
    const current = (await turns.onCall(now))[0]!.split(':')[0]!;
    const to = new Date(now + hours(2)).toISOString();
    const from = new Date(now - hours(5)).toISOString();
    const answer = await turns.override({ kind: 'add', incoming: 'clinician-4', from, to });
    expect(Date.parse(made(answer).effect.changes[0]!.from)).toBeGreaterThanOrEqual(now);
    const within = await turns.now();
    await service.passTime(hours(1));

    const ended = await turns.withdraw(made(answer).override.id);

    expect(made(ended).override.state).toBe('over');
    expect(await turns.onCall(await turns.now())).toHaveLength(1);
    expect(await turns.onCall(within)).toEqual([
      `${current}: schedule primary, layer nights`,
      'clinician-4: schedule primary, override',
    ]);
    const [, record] = await turns.recorded(made(answer).override.id);
    expect(record!.action).toBe('override.ended');
    const over = await turns.withdraw(made(answer).override.id);
    expect([over.status, over.body['code']]).toEqual([409, 'override_over']);
  });

  it('that changes nothing says so', async () => {
    const { from, to } = await turns.shiftOf('primary');
    const idle = await turns.override({ incoming: 'backup', outgoing: 'clinician-2', from, to });
    const twice = await turns.override({ kind: 'add', incoming: 'primary', from, to });

    expect(made(idle).effect).toEqual({ none: true, changes: [] });
    const name = (key: string) => person(key).name;
    expect(made(idle).warnings).toEqual([
      {
        code: 'no_effect',
        detail: `${name('clinician-2')} is not on call in that time, so nothing changes.`,
      },
    ]);
    expect(made(twice).warnings).toEqual([
      {
        code: 'no_effect',
        detail: `${name('primary')} is on call in that time already, so nothing changes.`,
      },
    ]);
    await undo(idle);
    await undo(twice);
  });

  it('of somebody who has something else then says so', async () => {
    const { from, to } = await turns.shiftOf('primary');
    const until = hoursAfter(from, 2);
    await service.sql(`insert into busy_times (staff_id, from_at, to_at) values ($1, $2, $3)`, [
      turns.idOf('clinician-4'),
      from,
      until,
    ]);

    const answer = await turns.override({
      incoming: 'clinician-4',
      outgoing: 'primary',
      from,
      to,
    });

    const [warning] = made(answer).warnings;
    expect([answer.status, warning!.code]).toEqual([201, 'busy']);
    expect(warning!.detail).toContain(`${person('clinician-4').name} has something else: `);
    await service.sql('delete from busy_times');
    await undo(answer);
  });

  it('can be looked at without being made', async () => {
    const { from, to } = await turns.shiftOf('primary');
    const asked = turns.asked({ incoming: 'clinician-4', outgoing: 'primary', from, to });

    const seen = await turns.post('supervisor', 'override-previews', asked);

    expect(seen.status).toBe(200);
    expect(made(seen).effect.changes).toHaveLength(1);
    const left = await service.sql('select from schedule_overrides where id = $1', [
      made(seen).override.id,
    ]);
    expect(left).toHaveLength(0);
  });
});

describe('while an override holds', () => {
  it('its person is paged, and nobody else is until the next step', async () => {
    const now = await turns.now();
    const current = (await turns.onCall(now))[0]!.split(':')[0]!;
    const to = new Date(now + hours(1)).toISOString();
    const answer = await turns.override({ incoming: 'clinician-4', outgoing: current, to });
    expect(answer.status).toBe(201);

    const paged = async () => {
      const { body } = await service.raiseFlag();
      const rows = await service.sql<{ key: string }>(
        `select s.key from pages p join staff s on s.id = p.staff_id where p.subject_id = $1`,
        [body.case!.id],
      );
      return rows.map(({ key }) => key);
    };

    expect(await paged()).toEqual(['clinician-4']);
    await service.passTime(hours(1));
    expect(await paged()).not.toContain('clinician-4');
  });
});
