import type { Interval, Shift } from '../../oncall/rules/schedule.js';

/** A shift to be watched. */
export interface PlannedShift extends Interval {
  staffId: string;
  /** It began before what was looked at: when is not known. */
  isUnderWay: boolean;
}

export interface KnownShift extends Interval {
  id: string;
  staffId: string;
  isOver: boolean;
  /** Nothing was done for it but to announce it. */
  isPlanned: boolean;
}

export interface PlanChange {
  added: PlannedShift[];
  /** Those that end at another time than was known, and those that were cut short. */
  retimed: { id: string; to: number }[];
  /** Those that are not to come any more. */
  removed: string[];
}

/**
 * The watches of a schedule and its shifts, brought together. `shifts` are those of a span, cut to
 * it, that begins at `seenFrom`; they are watched when they begin before `until`.
 */
export function changePlan(
  known: readonly KnownShift[],
  shifts: readonly Shift[],
  { now, seenFrom, until }: { now: number; seenFrom: number; until: number },
): PlanChange {
  const change: PlanChange = { added: [], retimed: [], removed: [] };
  const left = new Set(known.filter(({ isOver }) => !isOver));
  for (const { member, from, to } of exactFirst(shifts, seenFrom)) {
    if (from >= until) continue;
    const planned = { staffId: member, from, to, isUnderWay: from <= seenFrom };
    const match = planned.isUnderWay
      ? latest([...left].filter((one) => hasBegunWithin(one, planned, now)))
      : known.find((one) => one.staffId === member && one.from === from);
    if (match === undefined && to > now) change.added.push(planned);
    if (match === undefined) continue;
    left.delete(match);
    if (!match.isOver && match.to !== to) change.retimed.push({ id: match.id, to });
  }
  for (const one of left) {
    if (one.isPlanned) change.removed.push(one.id);
    else if (one.to > now) change.retimed.push({ id: one.id, to: Math.max(one.from, now) });
  }
  return change;
}

/** A shift that was to begin later and has begun already is another one. */
function hasBegunWithin(one: KnownShift, { staffId, to }: PlannedShift, now: number): boolean {
  return one.staffId === staffId && one.from < to && !(one.isPlanned && one.from > now);
}

function latest(shifts: KnownShift[]): KnownShift | undefined {
  return shifts.toSorted((one, other) => other.from - one.from)[0];
}

/** What is known by its beginning finds its own before what is under way takes what is left. */
function exactFirst(shifts: readonly Shift[], seenFrom: number): Shift[] {
  return [
    ...shifts.filter(({ from }) => from > seenFrom),
    ...shifts.filter(({ from }) => from <= seenFrom),
  ];
}
