import { shiftsOf } from './resolve.js';
import type { Interval, Schedule, Shift } from './schedule.js';
import { type Segment, timeline } from './timeline.js';

/** A schedule as it was published, from one moment until the next version. */
export interface Edition extends Interval {
  schedule: Schedule;
}

/** As it was and as it will be: what has passed is answered by what was in force then. */
export function timelineThrough(editions: readonly Edition[], span: Interval): Segment[] {
  return editions.flatMap(({ from, to, schedule }) =>
    timeline(schedule, { from: Math.max(from, span.from), to: Math.min(to, span.to) }),
  );
}

export function shiftsThrough(editions: readonly Edition[], span: Interval): Shift[] {
  return shiftsOf(timelineThrough(editions, span));
}
