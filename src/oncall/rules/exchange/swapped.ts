import type { Interval, Override, Shift } from '../schedule.js';

/** A shift, or a part of one, that somebody gives away. */
export interface Given extends Interval {
  /** From the beginning of the shift to its end. */
  isWhole: boolean;
}

/** As whoever asks for it means it, before anybody has looked. */
export const asWhole = (stretch: Interval | null): Given | null =>
  stretch && { ...stretch, isWhole: true };

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

/** What two people exchange: one of them is null when it is not there, or no more. */
export interface Terms {
  /** The requester's, which the counterpart takes. */
  given: Given | null;
  /** The counterpart's, which the requester takes. */
  inReturn: Given | null;
}

interface Parties {
  id: string;
  requester: string;
  counterpart: string;
}

/** Carries out a swap; each override has the id of the swap. */
export function overridesOf(
  { id, requester, counterpart }: Parties,
  { given, inReturn }: Terms,
): Override[] {
  const replace = (part: Interval | null, outgoing: string, incoming: string): Override[] =>
    part === null
      ? []
      : [{ id, kind: 'replace', swapId: id, incoming, outgoing, from: part.from, to: part.to }];
  return [...replace(given, requester, counterpart), ...replace(inReturn, counterpart, requester)];
}

/** What has become of a swap, by the shifts without it. */
export function termsNow(
  shifts: readonly Shift[],
  { requester, counterpart }: Parties,
  { given, inReturn }: Terms,
): Terms {
  const now = (person: string, part: Given | null): Given | null => {
    const stretch = part && becomeOf(shifts, person, part);
    return stretch && part && { ...stretch, isWhole: part.isWhole };
  };
  return { given: now(requester, given), inReturn: now(counterpart, inReturn) };
}

export function isSameTerms(one: Terms, other: Terms): boolean {
  return isSame(one.given, other.given) && isSame(one.inReturn, other.inReturn);
}

function isSame(one: Given | null, other: Given | null): boolean {
  return one?.from === other?.from && one?.to === other?.to;
}

/** From the first moment to the last of whatever is exchanged; null when nothing is. */
export function hullOf({ given, inReturn }: Terms): Interval | null {
  const parts = [given, inReturn].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return {
    from: Math.min(...parts.map(({ from }) => from)),
    to: Math.max(...parts.map(({ to }) => to)),
  };
}
