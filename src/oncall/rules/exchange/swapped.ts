import type { Interval, Shift } from '../schedule.js';

/** A shift, or a part of one, that somebody gives away. */
export interface Given extends Interval {
  /** From the beginning of the shift to its end. */
  isWhole: boolean;
}

/** Null when the stretch does not lie within one shift of the person. */
export function givenOf(
  shifts: readonly Shift[],
  person: string,
  { from, to }: Interval,
): Given | null {
  const shift = shifts.find((one) => one.member === person && one.from <= from && to <= one.to);
  return shift ? { from, to, isWhole: shift.from === from && shift.to === to } : null;
}

/**
 * What has become of it after a change: the same stretch, or that of the shift which meets it the
 * longest; null when the person has no shift then. A part stays within what was given.
 */
export function becomeOf(shifts: readonly Shift[], person: string, given: Given): Interval | null {
  const { from, to, isWhole } = given;
  const same = givenOf(shifts, person, given);
  if (same !== null && (same.isWhole || !isWhole)) return { from, to };
  const overlap = (one: Interval) => Math.min(one.to, to) - Math.max(one.from, from);
  const [shift] = shifts
    .filter((one) => one.member === person && overlap(one) > 0)
    .toSorted((one, other) => overlap(other) - overlap(one));
  if (shift === undefined) return null;
  if (isWhole) return { from: shift.from, to: shift.to };
  return { from: Math.max(shift.from, from), to: Math.min(shift.to, to) };
}
