import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { timelineThrough } from '../../../../src/oncall/rules/history.js';
import { gaps, prepare, resolve, shifts } from '../../../../src/oncall/rules/resolve.js';
import type { Interval, OnCallMember, Schedule } from '../../../../src/oncall/rules/schedule.js';
import { type Segment, timeline } from '../../../../src/oncall/rules/timeline.js';
import { anyNight, type Night } from './any-schedule.js';
import { probesOf } from './probes.js';

const numRuns = 200;

const everywhere = (check: (night: Night) => void) =>
  fc.assert(fc.property(anyNight, check), { numRuns });

const texts = (people: readonly OnCallMember[]): string[] =>
  people.map(({ member, why }) => JSON.stringify([member, why]));

describe('any schedule at any time', () => {
  it('has the same people in its answer, its shifts and its preparation', () => {
    everywhere(({ schedule, span }) => {
      const prepared = prepare(schedule, span);
      const all = shifts(schedule, span.from, span.to);
      const asked = probesOf(prepared.segments).map((instant) => {
        const answer = texts(resolve(schedule, instant));
        const running = all.filter(({ from, to }) => from <= instant && instant < to);
        const isOnce = new Set(running.map(({ member }) => member)).size === answer.length;
        const fromShifts = texts(running).toSorted();
        return { instant, answer, prepared: texts(prepared.resolve(instant)), fromShifts, isOnce };
      });
      expect(asked).toEqual(
        asked.map(({ instant, answer }) => ({
          instant,
          answer,
          prepared: answer,
          fromShifts: answer.toSorted(),
          isOnce: true,
        })),
      );
    });
  });

  it('has no shift that ends before it begins, and none beyond the span', () => {
    everywhere(({ schedule, span }) => {
      for (const { from, to } of shifts(schedule, span.from, span.to)) {
        expect(span.from <= from && from < to && to <= span.to).toBe(true);
      }
    });
  });

  it('has every moment of the span in a shift or in a gap, never in both, never in neither', () => {
    everywhere(({ schedule, span }) => {
      const all = shifts(schedule, span.from, span.to);
      const open = gaps(schedule, span.from, span.to);
      const edges = [...all, ...open].flatMap(({ from, to }) => [from, to]);
      const moments = [...new Set([span.from, ...edges, span.to])].toSorted((a, b) => a - b);
      const holds = (instant: number) => (one: Interval) => one.from <= instant && instant < one.to;
      const wrong = moments.slice(0, -1).filter((moment) => {
        const inGaps = open.filter(holds(moment)).length;
        return inGaps !== (all.some(holds(moment)) ? 0 : 1);
      });
      expect(wrong).toEqual([]);
      expect([moments[0], moments.at(-1)]).toEqual([span.from, span.to]);
    });
  });

  it('is the same wherever the question is cut', () => {
    everywhere(({ schedule, span }) => {
      const whole = timeline(schedule, span);
      const cuts = probesOf(whole).filter((one) => one > span.from);
      const step = Math.ceil(cuts.length / 4);
      for (const cut of cuts.filter((_, place) => place % step === 0)) {
        const parts = [
          ...timeline(schedule, { from: span.from, to: cut }),
          ...timeline(schedule, { from: cut, to: span.to }),
        ];
        expect(joined(parts)).toEqual(joined(whole));
      }
    });
  });

  it('was what the version said that was in force then', () => {
    fc.assert(
      fc.property(
        anyNight,
        anyNight,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (one, two, share) => {
          const { span } = one;
          const change = Math.floor(span.from + share * (span.to - span.from));
          const editions = [
            { from: span.from, to: change, schedule: one.schedule },
            { from: change, to: span.to, schedule: two.schedule },
          ];
          for (const { from, people } of timelineThrough(editions, span)) {
            const inForce: Schedule = from < change ? one.schedule : two.schedule;
            expect(people).toEqual(resolve(inForce, from));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** Without cuts at which nothing changes. */
function joined(segments: readonly Segment[]): Segment[] {
  const found: Segment[] = [];
  for (const segment of segments) {
    const last = found.at(-1);
    const isSame = JSON.stringify(last?.people) === JSON.stringify(segment.people);
    if (last && isSame) last.to = segment.to;
    else found.push({ ...segment });
  }
  return found;
}
