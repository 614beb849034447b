import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import type { Answer } from '../../support/service/requests.js';
import { aProgramWithDailyTurns, days, hours, Turns } from './turns.js';

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

describe('two overrides of the same person at once', () => {
  it('are refused, the second one with what is known of the first', async () => {
    const { from, to } = await turns.shiftOf('primary');
    const first = await turns.override({ incoming: 'backup', outgoing: 'primary', from, to });
    const { id } = made(first).override;
    const late = hoursAfter(from, 23);
    const overlapping = [
      { incoming: 'clinician-4', outgoing: 'primary', from: late, to: hoursAfter(to, 1) },
      { kind: 'add', incoming: 'backup', from, to },
      { kind: 'remove', outgoing: 'backup', from, to },
    ];

    for (const one of overlapping) {
      const { status, body } = await turns.override(one);
      expect([status, body['code']]).toEqual([409, 'override_conflict']);
      expect(body['override']).toEqual({
        id,
        kind: 'replace',
        incoming: person('backup'),
        outgoing: person('primary'),
        from,
        to,
        madeBy: person('supervisor'),
        madeVia: 'staff',
        swapId: null,
      });
      expect(body['detail']).toContain(person('backup').name);
    }
    const after = { kind: 'add', incoming: 'backup', from: to, to: hoursAfter(to, 1) };
    await undo(await turns.override(after));
    await undo(first);
  });

  it('of which ten are asked for at the same moment are one in the end', async () => {
    const { from, to } = await turns.shiftOf('primary', 1);
    const incoming = ['clinician-1', 'clinician-2', 'clinician-4', 'backup', 'supervisor'];

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        turns.override({ incoming: incoming[at % 5], outgoing: 'primary', from, to }),
      ),
    );

    const won = answers.filter(({ status }) => status === 201);
    const lost = answers.filter(({ status }) => status === 409);
    expect([won.length, lost.length]).toEqual([1, 9]);
    const { id } = made(won[0]!).override;
    expect(lost.map(({ body }) => (body['override'] as { id: string }).id)).toEqual(
      Array.from({ length: 9 }, () => id),
    );
    const rows = await service.sql(
      `select from schedule_overrides
        where schedule_id = $1 and withdrawn_at is null and from_at = $2`,
      [turns.id, from],
    );
    expect(rows).toHaveLength(1);
    await undo(won[0]!);
  });
});

describe('an override is refused', () => {
  const later = (count: number) => new Date(Date.now() + days(count)).toISOString();
  const replace = { incoming: 'backup', outgoing: 'primary', from: later(2), to: later(3) };
  it.each<[string, object, number, string]>([
    ['that ends before it begins', { ...replace, to: later(1) }, 422, 'span'],
    ['that is over', { ...replace, from: later(-3), to: later(-2) }, 422, 'span'],
    ['that is longer than 400 days', { ...replace, to: later(403) }, 422, 'span'],
    ['with themselves', { ...replace, incoming: 'primary' }, 422, 'same_person'],
    [
      'by somebody who may not take cases',
      { ...replace, incoming: 'clinician-3' },
      422,
      'may_not_take_cases',
    ],
    ['of a kind that is none', { ...replace, kind: 'swap' }, 400, 'invalid_body'],
    ['with somebody too many', { ...replace, kind: 'add' }, 400, 'invalid_body'],
    ['without a reason', { ...replace, reason: '' }, 400, 'invalid_body'],
    ['with a time of nowhere', { ...replace, from: '2030-01-01T09:00' }, 400, 'invalid_body'],
    ['with an unknown field', { ...replace, notify: true }, 400, 'invalid_body'],
  ])('%s', async (_what, body, status, code) => {
    const before = await service.sql('select from schedule_overrides');

    const answer = await turns.override(body as Record<string, unknown>);

    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(await service.sql('select from schedule_overrides')).toHaveLength(before.length);
  });

  it.each(['incoming', 'outgoing'])('when it names nobody as %s', async (side) => {
    const asked = { ...turns.asked(replace), [side]: randomUUID() };

    const answer = await turns.post('supervisor', 'overrides', asked);

    expect([answer.status, answer.body['code']]).toEqual([422, 'unknown_staff']);
  });

  it('when it leaves nobody on call, unless a supervisor accepts it with a reason', async () => {
    const { from, to } = await turns.shiftOf('clinician-2');
    const remove = { kind: 'remove', outgoing: 'clinician-2', from, to };
    const accepted = { ...remove, acceptGap: { reason: 'the unit is closed' } };

    const refused = await turns.override(remove);
    const byAdmin = await turns.override(accepted, 'clinician-3');
    const done = await turns.override(accepted);

    expect(refused.body).toMatchObject({ code: 'gap_not_accepted', gaps: [{ from, to }] });
    expect([refused.status, byAdmin.status, done.status]).toEqual([422, 403, 201]);
    expect(done.body['override']).toMatchObject({ acceptedGapReason: 'the unit is closed' });
    expect(await turns.onCall(from)).toEqual([]);
    await undo(done);
  });

  it('to be withdrawn when that leaves nobody on call', async () => {
    const { from, to } = await turns.shiftOf('clinician-2');
    const added = await turns.override({ kind: 'add', incoming: 'backup', from, to });
    const acceptGap = { reason: 'both are away' };
    const remove = { kind: 'remove', outgoing: 'clinician-2', from, to };
    const removed = await turns.override(remove);
    expect([added.status, removed.status]).toEqual([201, 201]);

    const refused = await turns.withdraw(made(added).override.id);
    const accepted = await turns.withdraw(made(added).override.id, { acceptGap });

    expect([refused.status, refused.body['code']]).toEqual([422, 'gap_not_accepted']);
    expect(accepted.status).toBe(201);
    await undo(removed);
  });
});
