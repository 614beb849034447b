import type { Interval } from './schedule.js';
import type { Segment } from './timeline.js';

/** A stretch in which other people are on call than before. */
export interface Difference extends Interval {
  before: string[];
  after: string[];
}

/** Where two answers for the same span differ, in order; reasons do not count, only people. */
export function differences(before: readonly Segment[], after: readonly Segment[]): Difference[] {
  const found: Difference[] = [];
  let [one, other] = [0, 0];
  while (one < before.length && other < after.length) {
    const [was, is] = [before[one] as Segment, after[other] as Segment];
    const [from, to] = [Math.max(was.from, is.from), Math.min(was.to, is.to)];
    add(found, { from, to, before: names(was), after: names(is) });
    if (was.to === to) one += 1;
    if (is.to === to) other += 1;
  }
  return found;
}

const names = ({ people }: Segment): string[] => people.map(({ member }) => member).toSorted();

const areSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one, at) => one === others[at]);

function add(found: Difference[], next: Difference): void {
  if (areSame(next.before, next.after)) return;
  const last = found.at(-1);
  const goesOn =
    last?.to === next.from && areSame(last.before, next.before) && areSame(last.after, next.after);
  if (goesOn) last.to = next.to;
  else found.push(next);
}
