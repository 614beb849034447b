import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  fatigueReachMs,
  newViolations,
  type Violation,
  violations,
} from '../../../../src/oncall/rules/load/fatigue.js';
import { nightsIn, nightsWorked } from '../../../../src/oncall/rules/load/nights.js';
import type { Segment } from '../../../../src/oncall/rules/timeline.js';

const hour = 3_600_000;
const at = (text: string) => Date.parse(`${text}Z`);
const why = { kind: 'layer', name: 'nights', turn: 0 } as const;
const onCall = (person: string, from: number, to: number): Segment => ({
  from,
  to,
  people: [{ member: person, why }],
});
const nobody = (from: number, to: number): Segment => ({ from, to, people: [] });

const limits = (hoursPerWeekMax?: number, nightsInARowMax?: number) => ({
  hoursPerWeekMax,
  nightsInARowMax,
});

describe('hours within 7 days', () => {
  const start = at('2026-03-02T08:00');
  /** 12 hours a day, so many days in a row. */
  const days = (count: number): Segment[] =>
    Array.from({ length: count }, (_, day) => [
      onCall('kim', start + day * 24 * hour, start + (day * 24 + 12) * hour),
      nobody(start + (day * 24 + 12) * hour, start + (day + 1) * 24 * hour),
    ]).flat();

  it.each([
    [5, 60, []],
    [5, 59, [60]],
    [7, 84, []],
    [8, 83, [84]],
  ])('of %i days of 12 hours are allowed %i', (count, max, values) => {
    const found = violations('UTC', limits(max), days(count));
    expect(found.map(({ value }) => value)).toEqual(values);
  });

  it('are told from the first hour on call to the last of what is too much', () => {
    expect(violations('UTC', limits(59), days(5))).toEqual([
      {
        person: 'kim',
        kind: 'hours_per_week',
        from: start,
        to: start + (4 * 24 + 12) * hour,
        value: 60,
        max: 59,
      },
    ]);
  });

  it('begin a new one when they are counted', () => {
    const [first] = violations('UTC', limits(1), [onCall('kim', start, start + hour + 1)]);
    expect(first!.value).toBe(2);
  });

  it('are as many as counting every hour of every 7 days finds', () => {
    const anyHours = fc.uniqueArray(fc.integer({ min: 0, max: 480 }), { maxLength: 200 });
    const most = { of: 0 };
    fc.assert(
      fc.property(anyHours, fc.integer({ min: 1, max: 100 }), (worked, max) => {
        const is = new Set(worked);
        const segments = Array.from({ length: 481 }, (_, h) =>
          is.has(h)
            ? onCall('kim', start + h * hour, start + (h + 1) * hour)
            : nobody(start + h * hour, start + (h + 1) * hour),
        );
        const weeks = Array.from(
          { length: 481 },
          (_, h) => worked.filter((one) => one >= h && one < h + 168).length,
        );
        const found = violations('UTC', limits(max), segments);
        const highest = Math.max(...weeks);
        most.of = Math.max(most.of, found.length);
        expect(found.length > 0).toBe(highest > max);
        if (found.length > 0) {
          expect(Math.max(...found.map(({ value }) => value))).toBe(highest);
        }
      }),
      { numRuns: 60 },
    );
    expect(most.of).toBeGreaterThan(0);
  });
});

describe('nights in a row', () => {
  const nightsOf = (...dates: string[]): Segment[] =>
    dates.map((date) => onCall('kim', at(`${date}T22:00`), at(`${date}T22:00`) + 8 * hour));

  it.each([
    [['2026-03-02', '2026-03-03', '2026-03-04'], 3, []],
    [['2026-03-02', '2026-03-03', '2026-03-04'], 2, [3]],
    [['2026-03-02', '2026-03-04', '2026-03-05'], 2, []],
    [['2026-02-27', '2026-02-28', '2026-03-01'], 2, [3]],
  ])('%j with at most %i', (dates, max, values) => {
    const found = violations('UTC', limits(undefined, max), nightsOf(...dates));
    expect(found.map(({ value }) => value)).toEqual(values);
  });

  it('count from three hours on between 22:00 and 06:00', () => {
    const nights = nightsIn('UTC', { from: at('2026-03-02T12:00'), to: at('2026-03-03T12:00') });
    const worked = (from: string, to: string) =>
      nightsWorked(nights, [{ from: at(from), to: at(to) }]).map(({ date }) => date);

    expect(worked('2026-03-02T14:00', '2026-03-03T01:00')).toEqual(['2026-03-02']);
    expect(worked('2026-03-02T14:00', '2026-03-03T00:59')).toEqual([]);
    expect(worked('2026-03-03T03:00', '2026-03-03T11:00')).toEqual(['2026-03-02']);
    expect(worked('2026-03-03T03:01', '2026-03-03T11:00')).toEqual([]);
  });

  it.each([
    ['America/New_York', '2026-03-07', 7],
    ['America/New_York', '2026-10-31', 9],
    ['America/Phoenix', '2026-10-31', 8],
    ['Australia/Lord_Howe', '2026-04-04', 8.5],
  ])('in %s the one of %s lasts %f hours', (zone, date, length) => {
    const span = { from: at(`${date}T00:00`) - 24 * hour, to: at(`${date}T00:00`) + 72 * hour };
    const night = nightsIn(zone, span).find((one) => one.date === date)!;
    expect((night.to - night.from) / hour).toBe(length);
  });

  it('are none in no time', () => {
    expect(nightsIn('UTC', { from: 0, to: 0 })).toEqual([]);
  });
});

describe('fatigue', () => {
  it('is of nobody where no limit is set, and on no schedule', () => {
    expect(violations('UTC', {}, [onCall('kim', 0, 1_000 * hour)])).toEqual([]);
    expect(violations('UTC', limits(1, 1), [])).toEqual([]);
  });

  it('is each person by themselves', () => {
    const both: Segment = {
      from: 0,
      to: 10 * hour,
      people: ['kim', 'lee'].map((member) => ({ member, why })),
    };
    const found = violations('UTC', limits(10), [both, onCall('lee', 10 * hour, 11 * hour)]);
    expect(found.map(({ person, value }) => [person, value])).toEqual([['lee', 11]]);
  });

  it.each([
    [limits(), 0],
    [limits(40), 7 * 24 * hour],
    [limits(undefined, 3), 5 * 24 * hour],
    [limits(40, 9), 11 * 24 * hour],
  ])('of %j is seen from so far around a change', (some, reach) => {
    expect(fatigueReachMs(some)).toBe(reach);
  });

  const violation = (change: Partial<Violation> = {}): Violation => ({
    person: 'kim',
    kind: 'hours_per_week',
    from: 0,
    to: 10,
    value: 50,
    max: 40,
    ...change,
  });
  it.each<[string, Partial<Violation>, boolean]>([
    ['the same as before', {}, false],
    ['less of it', { value: 45 }, false],
    ['more of it', { value: 51 }, true],
    ['at another time', { from: 10, to: 20 }, true],
    ['in part at the same time', { from: 9, to: 20 }, false],
    ['of somebody else', { person: 'lee' }, true],
    ['of another kind', { kind: 'nights_in_a_row' }, true],
  ])('%s is new: %j %s', (_what, change, isNew) => {
    expect(newViolations([violation()], [violation(change)])).toHaveLength(isNew ? 1 : 0);
  });
});
