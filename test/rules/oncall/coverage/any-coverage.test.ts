import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Member } from '../../../../src/staff/rules/member.js';
import { accepted, aMember, aSegment, at, coverageIn, type House, minutes } from './builders.js';

const end = 100;
const names = ['maya', 'ben', 'lee', 'sam'];

const anyMember = (id: string): fc.Arbitrary<Member> =>
  fc
    .record({
      disabled: fc.boolean(),
      reachable: fc.boolean(),
      passedTest: fc.boolean(),
      until: fc.option(fc.nat(end)),
    })
    .map(({ until, ...rest }) =>
      aMember(id, {
        ...rest,
        credentials: until === null ? [] : [{ until: at(until), states: [] }],
      }),
    );

/** Its segments fill the span, as the resolver's do. */
const anySegments = fc
  .array(fc.tuple(fc.integer({ min: 1, max: end - 1 }), fc.subarray(names)), { maxLength: 6 })
  .map((cuts) => {
    const people = new Map([[0, ['maya']], ...cuts]);
    const moments = [...people.keys()].toSorted((one, other) => one - other);
    return moments.map((from, index) =>
      aSegment(from, moments[index + 1] ?? end, people.get(from)!),
    );
  });

const anyAccepted = fc.array(
  fc
    .tuple(fc.nat(end), fc.nat(end), fc.boolean())
    .map(([one, other, everyWeek]) =>
      accepted(Math.min(one, other), Math.max(one, other), { everyWeek }),
    ),
  { maxLength: 4 },
);

const anyHouse: fc.Arbitrary<Required<Pick<House, 'members' | 'schedules' | 'accepted'>>> =
  fc.record({
    members: fc.tuple(...names.map(anyMember)),
    schedules: fc.record({ primary: anySegments, backup: anySegments }),
    accepted: fc.record({ primary: anyAccepted, backup: anyAccepted }),
  });

const sum = (intervals: readonly { from: number; to: number }[]): number =>
  intervals.reduce((total, { from, to }) => total + (to - from), 0) / 60_000;

describe('any coverage', () => {
  it('has gaps in order, apart, within the span, and of some length', () => {
    fc.assert(
      fc.property(anyHouse, (house) => {
        for (const { gaps } of coverageIn(house).schedules) {
          let last = 0;
          for (const { from, to } of gaps) {
            expect(from).toBeGreaterThanOrEqual(last);
            expect(to).toBeGreaterThan(from);
            last = to;
          }
          expect(last).toBeLessThanOrEqual(minutes(0, end).to);
        }
      }),
    );
  });

  it('is a gap exactly at those minutes at which nobody on call answers', () => {
    fc.assert(
      fc.property(anyHouse, fc.nat(end - 1), (house, minute) => {
        const { from } = minutes(minute, minute);
        const answers = ({ people }: { people: readonly { member: string }[] }): boolean =>
          people.some(({ member }) => {
            const { disabled, reachable, passedTest, credentials } = house.members.find(
              ({ id }) => id === member,
            )!;
            const isValid =
              credentials.length === 0 || credentials.some(({ until }) => at(minute) < until);
            return !disabled && reachable && passedTest && isValid;
          });
        const here = house.schedules['primary']!.find((one) => one.from <= from && from < one.to)!;
        const gaps = coverageIn(house).schedules[0]!.gaps;

        expect(gaps.some((gap) => gap.from <= from && from < gap.to)).toBe(!answers(here));
      }),
    );
  });

  it('has as many minutes of gaps whether anybody accepts them or not', () => {
    fc.assert(
      fc.property(anyHouse, (house) => {
        const known = coverageIn(house);
        const unknown = coverageIn({ ...house, accepted: {} });
        for (const [index, { gaps, minutes: own }] of known.schedules.entries()) {
          const plain = unknown.schedules[index]!;
          expect(own.gap + own.acceptedGap).toBe(plain.minutes.gap);
          expect(own.gap + own.acceptedGap).toBe(sum(gaps));
          expect(sum(gaps)).toBe(sum(plain.gaps));
        }
        const { gap, acceptedGap } = known.minutes;
        expect(gap + acceptedGap).toBe(unknown.minutes.gap);
      }),
    );
  });

  it('never gets worse by one more person who can be reached', () => {
    fc.assert(
      fc.property(anyHouse, fc.nat(end), fc.nat(end), (house, one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const primary = house.schedules['primary']!.flatMap((segment) => {
          const cuts = [
            segment.from,
            ...[from, to].map((minute) => at(minute).getTime()),
            segment.to,
          ];
          const inside = cuts.filter((cut) => segment.from <= cut && cut <= segment.to);
          return inside.slice(1).flatMap((until, index) => {
            const begin = inside[index]!;
            if (begin >= until) return [];
            const isThere = begin >= at(from).getTime() && until <= at(to).getTime();
            const people = segment.people.map(({ member }) => member);
            return [
              aSegment(begin / 60_000, until / 60_000, isThere ? [...people, 'kim'] : people),
            ];
          });
        });
        const before = coverageIn(house);
        const after = coverageIn({
          ...house,
          members: [...house.members, aMember('kim')],
          schedules: { ...house.schedules, primary },
        });

        expect(sum(after.schedules[0]!.gaps)).toBeLessThanOrEqual(sum(before.schedules[0]!.gaps));
        expect(after.schedules[1]!.gaps).toEqual(before.schedules[1]!.gaps);
        expect(after.minutes.thin).toBeLessThanOrEqual(before.minutes.thin);
      }),
    );
  });
});
