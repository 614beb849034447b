import { Temporal } from 'temporal-polyfill';
import type { Interval } from '../schedule.js';
import { type Moments, momentsAt } from './wall-clock.js';

/**
 * A local time as a number: the milliseconds since 1970 began on the same wall. Every day has 24
 * hours there, so turns and windows add up like numbers; what clocks did only {@link Clock} knows.
 */
export type Wall = number;

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const weekMs = 7 * dayMs;

/** The clocks of a zone, for whatever meets one span. */
export interface Clock {
  span: Interval;
  /** The least that clocks show from the beginning of the span on, and the most until its end. */
  lowest: Wall;
  highest: Wall;
  /** A time that is over before the span or comes after it is at minus or plus infinity. */
  at: (wall: Wall) => Moments;
  /** From the first time that clocks show one to the last time that they show the other. */
  between: (from: Wall, to: Wall) => Interval;
}

export function clockOf(zone: string, span: Interval): Clock {
  const lowest = lowestFrom(zone, span.from);
  const highest = highestUntil(zone, span.to);
  const known = new Map<Wall, Moments>();
  const at = (wall: Wall): Moments => {
    if (wall < lowest) return before;
    if (wall > highest) return after;
    const found = known.get(wall) ?? momentsAt(zone, plain(wall));
    known.set(wall, found);
    return found;
  };
  return {
    span,
    lowest,
    highest,
    at,
    between: (from, to) => ({ from: at(from).first, to: at(to).last }),
  };
}

const before: Moments = { first: -Infinity, last: -Infinity };
const after: Moments = { first: Infinity, last: Infinity };

/** Clocks go back at most once in the hours that they go back by, so the next change decides. */
function lowestFrom(zone: string, instant: number): Wall {
  const here = zoned(zone, instant);
  const next = here.getTimeZoneTransition('next');
  return Math.min(shownBy(here), next === null ? Infinity : shownBy(next));
}

function highestUntil(zone: string, instant: number): Wall {
  const previous = zoned(zone, instant).getTimeZoneTransition('previous');
  const last = previous === null ? -Infinity : wallAt(zone, previous.epochMilliseconds - 1);
  return Math.max(wallAt(zone, instant - 1), last);
}

const wallAt = (zone: string, instant: number): Wall => shownBy(zoned(zone, instant));

const zoned = (zone: string, instant: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

const shownBy = (moment: Temporal.ZonedDateTime): Wall =>
  moment.epochMilliseconds + moment.offsetNanoseconds / 1_000_000;

/** The calendar's name for it. */
export const plain = (wall: Wall): Temporal.PlainDateTime => zoned('UTC', wall).toPlainDateTime();

/** Of a `YYYY-MM-DD`, at its midnight. */
export const midnightOf = (date: string): Wall => Date.parse(`${date}T00:00Z`);

/** Of a `YYYY-MM-DDTHH:MM`. */
export const wallOf = (moment: string): Wall => Date.parse(`${moment}Z`);

/** Of an `HH:MM`, since midnight. */
export const sinceMidnight = (time: string): number =>
  Number(time.slice(0, 2)) * hourMs + Number(time.slice(3, 5)) * 60_000;

export const dayOf = (wall: Wall): Wall => Math.floor(wall / dayMs) * dayMs;

/** 1 = Monday; 1970 began on a Thursday. */
export const weekdayOf = (wall: Wall): number => modulo(Math.floor(wall / dayMs) + 3, 7) + 1;

export const modulo = (value: number, by: number): number => ((value % by) + by) % by;
