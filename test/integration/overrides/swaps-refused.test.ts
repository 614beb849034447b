import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aProgramWithDailyTurns, hours, Turns } from './turns.js';
import { Swapped } from './swapped.js';

let service: Service;
let turns: Turns;
let swaps: Swapped;
beforeAll(async () => {
  service = await startService({ program: aProgramWithDailyTurns() });
  turns = await Turns.of(service);
  swaps = new Swapped(turns);
});
afterEach(() => swaps.settleAll());
afterAll(() => service.stop());

describe('a swap is refused', () => {
  it.each<[string, (given: Part) => Promise<[string, Part, Part?]>, number, string]>([
    ['with oneself', async (given) => ['primary', given], 422, 'same_person'],
    [
      'of a shift that is not theirs',
      async () => ['clinician-4', await turns.shiftOf('clinician-2')],
      422,
      'not_their_shift',
    ],
    [
      'of two shifts at once',
      async ({ from, to }) => [
        'clinician-4',
        { from, to: new Date(Date.parse(to) + hours(1)).toISOString() },
      ],
      422,
      'not_their_shift',
    ],
    [
      'for a shift that is not theirs either',
      async (given) => ['clinician-1', given, await turns.shiftOf('clinician-2')],
      422,
      'not_their_shift',
    ],
    [
      'with somebody who may not take cases',
      async (given) => ['clinician-3', given],
      422,
      'may_not_take_cases',
    ],
    ['that ends before it begins', async ({ from }) => ['backup', { from, to: from }], 422, 'span'],
    [
      'that has started',
      async ({ to }) => ['backup', { from: new Date(0).toISOString(), to }],
      422,
      'swap_started',
    ],
  ])('%s', async (_what, asked, status, code) => {
    const before = await service.sql('select from shift_swaps');
    const [counterpart, given, inReturn] = await asked(await turns.shiftOf('primary'));

    const answer = await swaps.request('primary', counterpart, given, inReturn);

    expect([answer.status, answer.body]).toMatchObject([status, { code }]);
    expect(await service.sql('select from shift_swaps')).toHaveLength(before.length);
  });

  it('when another swap or an override has one of the two then, which it names', async () => {
    const given = await turns.shiftOf('primary');
    const first = await swaps.request('primary', 'backup', given);
    const second = await swaps.request('primary', 'clinician-4', given);
    expect([second.status, second.body]).toMatchObject([
      409,
      { code: 'swap_conflict', swap: { id: first.body.id, state: 'requested' } },
    ]);
    await swaps.act('primary', first, 'withdrawal');
    const made = await turns.override({ kind: 'add', incoming: 'backup', ...given });
    const third = await swaps.request('primary', 'backup', given);
    const { id } = made.body['override'] as { id: string };
    expect([third.status, third.body]).toMatchObject([
      409,
      { code: 'override_conflict', override: { id } },
    ]);
    expect((await turns.withdraw(id)).status).toBe(201);
  });

  it('to anybody who acts in the place of somebody else without supervising', async () => {
    const given = await turns.shiftOf('primary');
    const forOther = await swaps.request('backup', 'clinician-4', given, undefined, 'primary');
    expect(forOther.status).toBe(403);
    const asked = await swaps.request('primary', 'clinician-1', given);
    const tried = [
      await swaps.act('primary', asked, 'acceptance'),
      await swaps.act('backup', asked, 'acceptance'),
      await swaps.act('primary', asked, 'refusal'),
      await swaps.act('clinician-1', asked, 'withdrawal'),
    ];
    expect(tried.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    const accepted = await swaps.act('clinician-1', asked, 'acceptance');
    expect((await swaps.act('backup', accepted, 'undoing')).status).toBe(403);
  });

  it('an act on a version that is no more, or that comes too late', async () => {
    const asked = await swaps.request('primary', 'clinician-1', await turns.shiftOf('primary'));
    const accepted = await swaps.act('clinician-1', asked, 'acceptance');

    const stale = await swaps.act('primary', asked, 'withdrawal');
    const late = await swaps.act('primary', accepted, 'withdrawal');

    expect([stale.status, stale.body]).toMatchObject([
      409,
      { code: 'changed_meanwhile', version: 2, state: 'accepted' },
    ]);
    expect([late.status, late.body]).toMatchObject([409, { code: 'swap_state' }]);
  });

  it('all but one of what is done to it at the same moment', async () => {
    const asked = await swaps.request('primary', 'clinician-1', await turns.shiftOf('primary'));
    const acts = ['acceptance', 'refusal', 'acceptance', 'acceptance', 'refusal'];

    const answers = await Promise.all(acts.map((act) => swaps.act('clinician-1', asked, act)));

    const won = answers.filter(({ status }) => status === 201);
    const lost = answers.filter(({ status }) => status === 409);
    expect([won.length, lost.length]).toEqual([1, 4]);
    const own = await service.sql('select from schedule_overrides where swap_id = $1', [
      asked.body.id,
    ]);
    const [{ state } = { state: '' }] = await service.sql<{ state: string }>(
      'select state from shift_swaps where id = $1',
      [asked.body.id],
    );
    expect(own).toHaveLength(state === 'accepted' ? 1 : 0);
  });

  it('of an override of a swap alone to be withdrawn', async () => {
    const given = await turns.shiftOf('primary');
    const asked = await swaps.request('primary', 'clinician-1', given);
    await swaps.act('clinician-1', asked, 'acceptance');
    const [row] = await service.sql<{ id: string }>(
      'select id from schedule_overrides where swap_id = $1',
      [asked.body.id],
    );

    const { status, body } = await turns.withdraw(row!.id);

    expect([status, body]).toMatchObject([
      409,
      { code: 'override_of_swap', swapId: asked.body.id },
    ]);
  });
});

type Part = { from: string; to: string };
