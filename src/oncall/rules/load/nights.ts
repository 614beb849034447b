import type { Interval } from '../schedule.js';
import { intersect } from '../time/intervals.js';
import { firstAt, lastAt, localDate } from '../time/wall-clock.js';

/** From 22:00 until 06:00 on the wall clock, named by the date on which it begins. */
export interface Night extends Interval {
  /** `YYYY-MM-DD`. */
  date: string;
}

/** Local times between which it is night. */
export const nightHours = { from: '22:00', to: '06:00' } as const;
/** Less of a night on call is an evening or a morning. */
const workedMs = 3 * 3_600_000;

/** Every night that meets a span, in order and whole. */
export function nightsIn(zone: string, span: Interval): Night[] {
  if (span.from >= span.to) return [];
  const found: Night[] = [];
  let date = localDate(zone, span.from).subtract({ days: 1 });
  for (; ; date = date.add({ days: 1 })) {
    const from = firstAt(zone, date.toPlainDateTime(nightHours.from));
    if (from >= span.to) return found;
    const to = lastAt(zone, date.add({ days: 1 }).toPlainDateTime(nightHours.to));
    if (to > span.from) found.push({ date: date.toString(), from, to });
  }
}

/** Those of the nights in which somebody is on call for at least 3 hours; `onCall` is a union. */
export function nightsWorked(nights: readonly Night[], onCall: readonly Interval[]): Night[] {
  return nights.filter((night) => lengthOf(intersect([night], onCall)) >= workedMs);
}

export const lengthOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { from, to }) => sum + to - from, 0);
