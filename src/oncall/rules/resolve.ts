import { Temporal } from 'temporal-polyfill';
import type { Rotation } from './rotation.js';
import { instantAt } from './wall-clock.js';

/** One turn: from `from` until just before `to`. */
export interface OnCallShift {
  member: string;
  from: Date;
  to: Date;
}

/**
 * Whose turn it is at an instant. Every hand-off is counted from the first one on the wall clock,
 * so summer time moves none; turns before the first are counted backwards. Null: no members.
 */
export function resolveOnCall(rotation: Rotation, instant: Date): OnCallShift | null {
  const turn = turnAt(rotation, instant);
  const { length } = rotation.members;
  const member = rotation.members[((turn % length) + length) % length];
  if (member === undefined) return null;
  return { member, from: handOffAt(rotation, turn), to: handOffAt(rotation, turn + 1) };
}

/** The last turn that had begun. */
function turnAt(rotation: Rotation, instant: Date): number {
  const today = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(rotation.zone)
    .toPlainDate();
  const days = firstHandOff(rotation).until(today, { largestUnit: 'days' }).days;
  // One too far, then back: where clocks fall back over midnight, a date comes twice.
  let turn = Math.floor(days / turnDays(rotation)) + 1;
  while (handOffAt(rotation, turn) > instant) turn -= 1;
  return turn;
}

function handOffAt(rotation: Rotation, turn: number): Date {
  const date = firstHandOff(rotation).add({ days: turn * turnDays(rotation) });
  return instantAt(rotation.zone, date, Temporal.PlainTime.from(rotation.handOff.time));
}

function firstHandOff({ every, handOff, startsOn }: Rotation): Temporal.PlainDate {
  const start = Temporal.PlainDate.from(startsOn);
  if (every === 'day' || handOff.weekday === undefined) return start;
  return start.add({ days: (handOff.weekday - start.dayOfWeek + 7) % 7 });
}

function turnDays({ every }: Rotation): number {
  return every === 'day' ? 1 : 7;
}
