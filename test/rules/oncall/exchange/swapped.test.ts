import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differences } from '../../../../src/oncall/rules/differences.js';
import { isInConflict } from '../../../../src/oncall/rules/exchange/conflicts.js';
import {
  asWhole,
  becomeOf,
  givenOf,
  hullOf,
  isSameTerms,
  overridesOf,
  termsNow,
} from '../../../../src/oncall/rules/exchange/swapped.js';
import { shifts as shiftsOf } from '../../../../src/oncall/rules/resolve.js';
import type { Schedule, Shift } from '../../../../src/oncall/rules/schedule.js';
import { timeline } from '../../../../src/oncall/rules/timeline.js';

const shift = (member: string, from: number, to: number): Shift => ({
  member,
  from,
  to,
  why: { kind: 'layer', name: 'nights', turn: from },
});
const all = [shift('kim', 0, 10), shift('lee', 10, 20), shift('kim', 20, 30), shift('kim', 30, 40)];

describe('what is given away', () => {
  it.each<[string, number, number, object | null]>([
    ['a whole shift', 0, 10, { from: 0, to: 10, isWhole: true }],
    ['a part of one', 2, 10, { from: 2, to: 10, isWhole: false }],
    ['a shift of somebody else', 10, 20, null],
    ['two shifts at once', 20, 40, null],
    ['more than a shift', 0, 11, null],
  ])('can be %s: %i to %i', (_what, from, to, given) => {
    expect(givenOf(all, 'kim', { from, to })).toEqual(given);
  });

  it.each<[string, Shift[], boolean, object | null]>([
    ['nothing', [shift('kim', 20, 30)], true, { from: 20, to: 30 }],
    ['a longer shift', [shift('kim', 18, 33)], true, { from: 18, to: 33 }],
    ['a part in a longer shift', [shift('kim', 18, 33)], false, { from: 20, to: 30 }],
    ['a shorter shift', [shift('kim', 22, 27)], true, { from: 22, to: 27 }],
    ['a part in a later shift', [shift('kim', 25, 40)], false, { from: 25, to: 30 }],
    [
      'two shifts, of which the longer one counts',
      [shift('kim', 15, 23), shift('kim', 24, 31)],
      true,
      { from: 24, to: 31 },
    ],
    ['a shift that is gone', [shift('lee', 20, 30), shift('kim', 30, 40)], true, null],
  ])('becomes with %s what it is then', (_what, shifts, isWhole, becomes) => {
    expect(becomeOf(shifts, 'kim', { from: 20, to: 30, isWhole })).toEqual(becomes);
  });
});

describe('two overrides', () => {
  const kim = { people: ['kim', null], from: 10, to: 20 };
  it.each([
    ['of the same person at once', { people: ['lee', 'kim'], from: 19, to: 30 }, true],
    ['of the same person one after the other', { people: ['kim'], from: 20, to: 30 }, false],
    ['of the same person one before the other', { people: ['kim'], from: 0, to: 10 }, false],
    ['of different people', { people: ['lee', null], from: 10, to: 20 }, false],
  ])('%s are in conflict: %j %s', (_what, other, conflict) => {
    expect(isInConflict(kim, other)).toBe(conflict);
    expect(isInConflict(other, kim)).toBe(conflict);
  });
});

describe('a swap', () => {
  const parties = { id: 's', requester: 'kim', counterpart: 'lee' };
  const terms = {
    given: { from: 0, to: 10, isWhole: true },
    inReturn: { from: 10, to: 20, isWhole: true },
  };
  const nothing = { given: null, inReturn: null };

  it('is the same while the shifts of both are', () => {
    expect(termsNow(all, parties, terms)).toEqual(terms);
    expect(termsNow([], parties, terms)).toEqual(nothing);
    expect(isSameTerms(terms, { ...terms, inReturn: null })).toBe(false);
    expect(isSameTerms(nothing, { given: null, inReturn: null })).toBe(true);
  });

  it('is carried out by one override for each shift', () => {
    const [given, inReturn] = overridesOf(parties, terms);
    expect(given).toMatchObject({ outgoing: 'kim', incoming: 'lee', from: 0, swapId: 's' });
    expect(inReturn).toMatchObject({ outgoing: 'lee', incoming: 'kim', from: 10, swapId: 's' });
    expect(overridesOf(parties, { ...terms, inReturn: null })).toEqual([given]);
  });

  it('lasts from its first moment to its last', () => {
    expect(hullOf(terms)).toEqual({ from: 0, to: 20 });
    expect(hullOf({ ...nothing, given: terms.given })).toEqual({ from: 0, to: 10 });
    expect(hullOf(nothing)).toBeNull();
    expect(asWhole(null)).toBeNull();
  });

  const members = ['kim', 'lee', 'max'];
  const zones = ['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Africa/Cairo', 'UTC'];
  const day = 86_400_000;
  const anySwap = fc.record({
    zone: fc.constantFrom(...zones),
    every: fc.constantFrom('day' as const, 'week' as const),
    time: fc.constantFrom('00:00', '01:30', '09:00', '23:00'),
    from: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2027, 0, 1) }),
    one: fc.nat(30),
    other: fc.nat(30),
  });

  it('changes only its two shifts and their two people, and is undone without a trace', () => {
    let tried = 0;
    fc.assert(
      fc.property(anySwap, ({ zone, every, time, from, one, other }) => {
        const turns = {
          every,
          interval: 1,
          handOff: { time },
          startsOn: '2024-01-01',
          peopleAtOnce: 1,
          skipClosedDays: false,
        };
        const layers = [{ name: 'nights', members, turns }];
        const schedule: Schedule = { zone, layers, fixed: [], holidays: [], overrides: [] };
        const span = { from, to: from + 60 * day };
        const whole = shiftsOf(schedule, span.from, span.to).slice(1, -1);
        const [given, inReturn] = [whole[one % whole.length]!, whole[other % whole.length]!];
        fc.pre(given.member !== inReturn.member);
        tried += 1;
        const agreed = { given: asWhole(given), inReturn: asWhole(inReturn) };
        const swap = { id: 's', requester: given.member, counterpart: inReturn.member };
        const overrides = overridesOf(swap, agreed);
        const before = timeline(schedule, span);
        const after = timeline({ ...schedule, overrides }, span);

        const touched = [given, inReturn];
        for (const change of differences(before, after)) {
          expect(touched.some((at) => at.from <= change.from && change.to <= at.to)).toBe(true);
          expect(change.after).toHaveLength(change.before.length);
        }
        expect(differences(before, after).length).toBeGreaterThan(0);
        expect(timeline({ ...schedule, overrides: [] }, span)).toEqual(before);
        const now = termsNow(shiftsOf(schedule, span.from, span.to), swap, agreed);
        expect(isSameTerms(now, agreed)).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(tried).toBeGreaterThan(100);
  });
});
