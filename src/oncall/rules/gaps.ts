import type { Interval } from './schedule.js';
import type { ScheduleBody } from './schedule-schema.js';
import { type Clock, clockOf, wallOf, weekMs } from './time/clock.js';
import { intersect, subtract, union } from './time/intervals.js';

type AcceptedGap = ScheduleBody['acceptedGaps'][number];

/** What of these gaps nobody has taken upon themselves by name. */
export function unaccepted(gaps: readonly Interval[], accepted: readonly Interval[]): Interval[] {
  return subtract(union(gaps), union(accepted));
}

/** When the accepted gaps of a schedule are, cut to a span. */
export function acceptedTimes(
  zone: string,
  accepted: readonly AcceptedGap[],
  span: Interval,
): Interval[] {
  const clock = clockOf(zone, span);
  const times = accepted.flatMap((one) => (one.everyWeek ? weekly(clock, one) : once(clock, one)));
  return times.flatMap((one) => intersect([span], [one]));
}

const once = (clock: Clock, { from, to }: AcceptedGap): Interval[] => [
  clock.between(wallOf(from), wallOf(to)),
];

/** Counted from the first week, by the wall clock. */
function weekly(clock: Clock, { from, to }: AcceptedGap): Interval[] {
  const [first, length] = [wallOf(from), wallOf(to) - wallOf(from)];
  const weeksAgo = Math.floor((clock.lowest - length - first) / weekMs);
  const found: Interval[] = [];
  let begins = first + Math.max(0, weeksAgo) * weekMs;
  for (; begins <= clock.highest; begins += weekMs) {
    found.push(clock.between(begins, begins + length));
  }
  return found;
}
