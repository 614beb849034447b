import type { Interval } from '../schedule.js';

/** Overlapping and touching ones become one; empty ones vanish. In order of time. */
export function union(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const { from, to } of intervals.toSorted((one, other) => one.from - other.from)) {
    if (from >= to) continue;
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** The parts of each span that lie in `within`, a union. Both in order of time. None is empty. */
export function intersect<S extends Interval>(
  spans: readonly S[],
  within: readonly Interval[],
): S[] {
  const parts: S[] = [];
  let first = 0;
  for (const span of spans) {
    while (first < within.length && (within[first] as Interval).to <= span.from) first += 1;
    for (let at = first; at < within.length; at += 1) {
      const part = within[at] as Interval;
      if (part.from >= span.to) break;
      const [from, to] = [Math.max(part.from, span.from), Math.min(part.to, span.to)];
      if (from < to) parts.push({ ...span, from, to });
    }
  }
  return parts;
}

/** What of `intervals` lies in none of `taken`. Both are unions. */
export function subtract(intervals: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let first = 0;
  for (const interval of intervals) {
    let { from } = interval;
    while (first < taken.length && (taken[first] as Interval).to <= from) first += 1;
    for (let at = first; at < taken.length && from < interval.to; at += 1) {
      const hole = taken[at] as Interval;
      if (hole.from >= interval.to) break;
      if (hole.from > from) left.push({ from, to: hole.from });
      from = Math.max(from, hole.to);
    }
    if (from < interval.to) left.push({ from, to: interval.to });
  }
  return left;
}

export const contains = ({ from, to }: Interval, instant: number): boolean =>
  from <= instant && instant < to;
