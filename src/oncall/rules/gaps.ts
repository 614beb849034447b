import { Temporal } from 'temporal-polyfill';
import { subtract, union } from './time/intervals.js';
import type { Interval } from './schedule.js';
import type { ScheduleBody } from './schedule-schema.js';
import { firstAt, lastAt, localTime } from './time/wall-clock.js';

type AcceptedGap = ScheduleBody['acceptedGaps'][number];

/** What of these gaps nobody has taken upon themselves by name. */
export function unaccepted(gaps: readonly Interval[], accepted: readonly Interval[]): Interval[] {
  return subtract(union(gaps), union(accepted));
}

/** When the accepted gaps of a schedule are, within a span. */
export function acceptedTimes(
  zone: string,
  accepted: readonly AcceptedGap[],
  span: Interval,
): Interval[] {
  return accepted.flatMap((one) => (one.everyWeek ? weekly(zone, one, span) : [once(zone, one)]));
}

function once(zone: string, { from, to }: Pick<AcceptedGap, 'from' | 'to'>): Interval {
  return {
    from: firstAt(zone, Temporal.PlainDateTime.from(from)),
    to: lastAt(zone, Temporal.PlainDateTime.from(to)),
  };
}

/** Counted from the first week, by the wall clock. */
function weekly(zone: string, { from, to }: AcceptedGap, span: Interval): Interval[] {
  const first = Temporal.PlainDateTime.from(from);
  const length = first.until(Temporal.PlainDateTime.from(to));
  const weeksAgo = first.until(localTime(zone, span.from), { largestUnit: 'weeks' }).weeks;
  const longest = Math.ceil(length.total({ unit: 'hours' }) / 168);
  const found: Interval[] = [];
  for (let week = Math.max(0, weeksAgo - longest - 1); ; week += 1) {
    const begins = first.add({ weeks: week });
    const interval = { from: firstAt(zone, begins), to: lastAt(zone, begins.add(length)) };
    if (interval.from >= span.to) return found;
    found.push(interval);
  }
}
