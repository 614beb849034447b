import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { workloads } from '../../../src/oncall/rules/load/workload.js';
import { shifts } from '../../../src/oncall/rules/resolve.js';
import type { Schedule } from '../../../src/oncall/rules/schedule.js';

const zone = 'America/New_York';
const at = (text: string): number => Date.parse(text);

/** Mondays at 09:00 from `ada` to `ben` and back. */
const weekly: Schedule = {
  zone,
  layers: [
    {
      name: 'weeks',
      members: ['ada', 'ben'],
      turns: {
        every: 'week',
        interval: 1,
        handOff: { time: '09:00', weekday: 1 },
        startsOn: '2026-11-02',
        peopleAtOnce: 1,
        skipClosedDays: false,
      },
    },
  ],
  fixed: [],
  holidays: [{ date: '2026-11-26', name: 'Thanksgiving' }],
  overrides: [],
};
/** November 2026 in New York has 721 hours: clocks go back on Sunday the 1st. */
const november = { from: at('2026-11-01T04:00:00Z'), to: at('2026-12-01T05:00:00Z') };

const worked = (schedule: Schedule, { from, to }: typeof november) => ({
  zone: schedule.zone,
  holidays: schedule.holidays,
  shifts: shifts(schedule, from, to),
});

describe('what being on call asks of people', () => {
  it('is what a hand count of a month gives in which clocks go back', () => {
    // ben: Sunday the 1st 00:00 to Monday the 2nd 09:00 is 34 h; the 9th to the 16th and the
    // 23rd to the 30th 168 h each. ada: the 2nd to the 9th, the 16th to the 23rd, 15 h of the 30th.
    // Nights: ben has those of 31 October (7 of its 9 h), 1 November, and 7 and 7.
    // Weekends: ben has Sunday the 1st, 25 h, and those of the 14th and the 28th, 48 h each.
    expect(workloads(zone, november, [worked(weekly, november)])).toEqual([
      { person: 'ben', hours: 370, nights: 16, weekendHours: 121, holidays: 1 },
      { person: 'ada', hours: 351, nights: 14, weekendHours: 96, holidays: 0 },
    ]);
  });

  it('counts time on two schedules at once only once', () => {
    const one = worked(weekly, november);
    expect(workloads(zone, november, [one, one])).toEqual(workloads(zone, november, [one]));
  });

  it('counts a night from three hours on', () => {
    const night = (hours: number) =>
      workloads(zone, november, [
        {
          zone,
          holidays: [],
          shifts: [
            {
              member: 'ada',
              why: { kind: 'fixed', name: 'evening' },
              from: at('2026-11-18T01:00:00Z'),
              to: at('2026-11-18T03:00:00Z') + hours * 3_600_000,
            },
          ],
        },
      ])[0]!.nights;
    expect([night(2.99), night(3)]).toEqual([0, 1]);
  });

  it('is empty where nobody was on call', () => {
    expect(workloads(zone, november, [])).toEqual([]);
    expect(workloads(zone, november, [{ zone, holidays: [], shifts: [] }])).toEqual([]);
  });

  it('adds up: of two spans that meet it is that of both', () => {
    const dayMs = 86_400_000;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (one, other) => {
          const middle = november.from + one * dayMs;
          const spans = [
            { from: november.from, to: middle },
            { from: middle, to: middle + other * dayMs },
            { from: november.from, to: middle + other * dayMs },
          ];
          const [first, second, both] = spans.map((span) =>
            workloads(zone, span, [worked(weekly, span)]),
          );
          for (const { person, hours, weekendHours } of both!) {
            const parts = [...first!, ...second!].filter((part) => part.person === person);
            expect(parts.reduce((sum, part) => sum + part.hours, 0)).toBeCloseTo(hours, 1);
            expect(parts.reduce((sum, part) => sum + part.weekendHours, 0)).toBeCloseTo(
              weekendHours,
              1,
            );
          }
        },
      ),
    );
  });
});
