import type { Holiday, Interval, Shift } from '../schedule.js';
import { intersect, union } from '../time/intervals.js';
import { firstAt, localDate } from '../time/wall-clock.js';
import { lengthOf, nightsIn, nightsWorked } from './nights.js';
import { Temporal } from 'temporal-polyfill';

/** What being on call asked of one person. */
export interface Workload {
  person: string;
  hours: number;
  /** Those of which at least 3 hours were on call. */
  nights: number;
  weekendHours: number;
  /** Days that a schedule calls a holiday and on which they were on call on it. */
  holidays: number;
}

interface WorkedSchedule {
  /** In which its holidays are meant. */
  zone: string;
  holidays: readonly Holiday[];
  shifts: readonly Shift[];
}

const hourMs = 3_600_000;

/**
 * Everybody's share of a span, the most hours first. Time on call on two schedules at once counts
 * once; `zone` is that of the program, in which it is night or weekend.
 */
export function workloads(
  zone: string,
  span: Interval,
  schedules: readonly WorkedSchedule[],
): Workload[] {
  const [nights, weekends] = [nightsIn(zone, span), weekendsIn(zone, span)];
  const people = new Set(schedules.flatMap(({ shifts }) => shifts.map(({ member }) => member)));
  return [...people]
    .map((person) => {
      const onCall = union(schedules.flatMap((one) => intersect(timesOf(person, one), [span])));
      return {
        person,
        hours: hoursOf(onCall),
        nights: nightsWorked(nights, onCall).length,
        weekendHours: hoursOf(intersect(weekends, onCall)),
        holidays: holidaysOf(person, span, schedules),
      };
    })
    .toSorted((one, other) => other.hours - one.hours || (one.person < other.person ? -1 : 1));
}

/** From Saturday 00:00 to Monday 00:00 on the wall clock. */
function weekendsIn(zone: string, span: Interval): Interval[] {
  const found: Interval[] = [];
  const first = localDate(zone, span.from);
  let saturday = first.subtract({ days: (first.dayOfWeek + 1) % 7 });
  for (; startOf(zone, saturday) < span.to; saturday = saturday.add({ days: 7 })) {
    const weekend = { from: startOf(zone, saturday), to: startOf(zone, saturday.add({ days: 2 })) };
    found.push(...intersect([weekend], [span]));
  }
  return found;
}

function holidaysOf(person: string, span: Interval, schedules: readonly WorkedSchedule[]): number {
  const worked = schedules.flatMap((schedule) => {
    const onCall = intersect(union(timesOf(person, schedule)), [span]);
    return schedule.holidays.flatMap(({ date }) => {
      const day = Temporal.PlainDate.from(date);
      const from = startOf(schedule.zone, day);
      const to = startOf(schedule.zone, day.add({ days: 1 }));
      return intersect([{ from, to }], onCall).length > 0 ? [date] : [];
    });
  });
  return new Set(worked).size;
}

const timesOf = (person: string, { shifts }: WorkedSchedule): Interval[] =>
  shifts.filter(({ member }) => member === person).map(({ from, to }) => ({ from, to }));

const startOf = (zone: string, day: Temporal.PlainDate): number =>
  firstAt(zone, day.toPlainDateTime('00:00'));

const hoursOf = (intervals: readonly Interval[]): number =>
  Math.round((lengthOf(intervals) / hourMs) * 100) / 100;
