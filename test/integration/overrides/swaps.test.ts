import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aProgramWithDailyTurns, hours, Turns } from './turns.js';
import { Swapped, type Swap } from './swapped.js';

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

const person = (key: string) => ({
  id: turns.idOf(key),
  name: service.program.people.get(key)!.name,
});

/** `primary` and `clinician-1`, each a whole shift of their own. */
const exchange = async () => ({
  given: await turns.shiftOf('primary', 1),
  inReturn: await turns.shiftOf('clinician-1', 2),
});

describe('a swap', () => {
  it('shows who is on call before and after, and changes nothing until it is accepted', async () => {
    const before = await turns.shifts();
    const { given, inReturn } = await exchange();

    const { status, body } = await swaps.request('primary', 'clinician-1', given, inReturn);

    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'requested',
      version: 1,
      requester: person('primary'),
      counterpart: person('clinician-1'),
      given,
      inReturn,
      effect: {
        none: false,
        changes: [
          { ...given, before: [person('primary')], after: [person('clinician-1')] },
          { ...inReturn, before: [person('clinician-1')], after: [person('primary')] },
        ].toSorted((one, other) => one.from.localeCompare(other.from)),
      },
      warnings: [],
    });
    expect(await turns.shifts()).toEqual(before);
  });

  it('that the other one accepts holds for both, and is undone by either until it starts', async () => {
    const before = await turns.shifts();
    const { given, inReturn } = await exchange();
    const asked = await swaps.request('primary', 'clinician-1', given, inReturn);

    const accepted = await swaps.act('clinician-1', asked, 'acceptance');

    expect(accepted.body).toMatchObject({ state: 'accepted', version: 2, dueAt: null });
    expect(await turns.onCall(given.from)).toEqual([
      'clinician-1: schedule primary, swap in place of primary',
    ]);
    expect(await turns.onCall(inReturn.from)).toEqual([
      'primary: schedule primary, swap in place of clinician-1',
    ]);
    const undone = await swaps.act('primary', accepted, 'undoing');
    expect(undone.body).toMatchObject({ state: 'undone', effect: null });
    expect(await turns.shifts()).toEqual(before);
    const recorded = await turns.recorded(asked.body.id);
    expect(recorded.map(({ action }) => action)).toEqual([
      'swap.requested',
      'swap.accepted',
      'swap.undone',
    ]);
    expect(recorded[1]!.body).toMatchObject({
      before: { state: 'requested' },
      after: { state: 'accepted', given, inReturn },
    });
  });

  it('can hand over a part of a shift for nothing in return', async () => {
    const { from } = await turns.shiftOf('clinician-2');
    const part = { from, to: new Date(Date.parse(from) + hours(4)).toISOString() };
    const asked = await swaps.request('clinician-2', 'clinician-4', part);

    await swaps.act('clinician-4', asked, 'acceptance');

    expect(await turns.onCall(from)).toEqual([
      'clinician-4: schedule primary, swap in place of clinician-2',
    ]);
    expect(await turns.onCall(part.to)).toEqual(['clinician-2: schedule primary, layer nights']);
  });

  it.each([
    ['declined by the other one', 'clinician-1', 'refusal', 'declined'],
    ['withdrawn by whoever asked', 'primary', 'withdrawal', 'withdrawn'],
  ])('that is %s changes nothing and can be asked for again', async (_what, who, act, state) => {
    const { given, inReturn } = await exchange();
    const asked = await swaps.request('primary', 'clinician-1', given, inReturn);

    const ended = await swaps.act(who, asked, act);

    expect(ended.body).toMatchObject({ state, effect: null });
    expect(await turns.onCall(given.from)).toEqual(['primary: schedule primary, layer nights']);
    const again = await swaps.request('primary', 'clinician-1', given, inReturn);
    expect(again.status).toBe(201);
  });

  it('is asked for, accepted and undone by a supervisor in their place, as the record says', async () => {
    const { given } = await exchange();
    const asked = await swaps.request('supervisor', 'clinician-1', given, undefined, 'primary');
    const accepted = await swaps.act('supervisor', asked, 'acceptance');
    const undone = await swaps.act('supervisor', accepted, 'undoing');

    expect(undone.body.state).toBe('undone');
    const rows = await service.sql(
      `select action, actor_id as actor, on_behalf_of as whom from audit.audit_events
        where subject_ref = $1 order by seq`,
      [asked.body.id],
    );
    const actor = turns.idOf('supervisor');
    expect(rows).toEqual([
      { action: 'swap.requested', actor, whom: turns.idOf('primary') },
      { action: 'swap.accepted', actor, whom: turns.idOf('clinician-1') },
      { action: 'swap.undone', actor, whom: turns.idOf('primary') },
    ]);
  });

  it('is listed for both of them, and on the schedule', async () => {
    const { given } = await exchange();
    const { body } = await swaps.request('primary', 'clinician-1', given);

    const lists = await Promise.all(
      ['primary', 'clinician-1', 'clinician-2'].map(async (key) => {
        const answer = await service.api(key).get('/v1/swaps?mine=true&state=requested');
        return (answer.body['swaps'] as Swap[]).map(({ id }) => id);
      }),
    );
    expect(lists).toEqual([[body.id], [body.id], []]);
    const one = await service.api('clinician-2').get(`/v1/swaps/${body.id}`);
    expect(one.body).toMatchObject({ id: body.id, effect: { none: false } });
    const path = `/v1/schedules/${turns.id}/swaps`;
    const all = await service.api('clinician-2').get(`${path}?from=${given.from}&to=${given.to}`);
    expect((all.body['swaps'] as Swap[]).map(({ id }) => id)).toContain(body.id);
  });
});
