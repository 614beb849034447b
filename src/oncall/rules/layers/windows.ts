import { Temporal } from 'temporal-polyfill';
import { intersect, subtract, union } from '../time/intervals.js';
import type { Holiday, Interval, Layer, Window } from '../schedule.js';
import { firstAt, lastAt, localDate, minutesOf } from '../time/wall-clock.js';

/** When a layer is open within a span: its windows, on its days, while it is there at all. */
export function openTimes(
  zone: string,
  layer: Pick<Layer, 'windows' | 'days' | 'from' | 'until'>,
  holidays: readonly Holiday[],
  span: Interval,
): Interval[] {
  let open: Interval[] = [span];
  if (layer.from !== undefined || layer.until !== undefined) {
    open = intersect(open, [lifetime(zone, layer)]);
  }
  if (layer.days === 'holidays') open = intersect(open, union(holidaysIn(zone, holidays, span)));
  if (layer.days === 'not_holidays') open = subtract(open, otherwise(zone, holidays, span));
  if (layer.windows === undefined || open.length === 0) return open;
  return intersect(open, union(windowsIn(zone, layer.windows, span)));
}

function lifetime(zone: string, { from, until }: Pick<Layer, 'from' | 'until'>): Interval {
  return {
    from: from === undefined ? -Infinity : firstAt(zone, midnight(from)),
    to: until === undefined ? Infinity : lastAt(zone, midnight(until)),
  };
}

function holidaysIn(zone: string, holidays: readonly Holiday[], span: Interval): Interval[] {
  return datesNear(zone, holidays, span).map((date) => ({
    from: firstAt(zone, midnight(date)),
    to: lastAt(zone, midnight(date.add({ days: 1 }))),
  }));
}

/** When the layers of other days are closed: the other way round, so that both overlap. */
function otherwise(zone: string, holidays: readonly Holiday[], span: Interval): Interval[] {
  const closed = datesNear(zone, holidays, span).map((date) => ({
    from: lastAt(zone, midnight(date)),
    to: firstAt(zone, midnight(date.add({ days: 1 }))),
  }));
  return union(closed);
}

function datesNear(
  zone: string,
  holidays: readonly Holiday[],
  span: Interval,
): Temporal.PlainDate[] {
  if (holidays.length === 0) return [];
  const from = localDate(zone, span.from).subtract({ days: 1 }).toString();
  const to = localDate(zone, span.to).toString();
  // Dates as text are in the order of time.
  return holidays
    .filter(({ date }) => from <= date && date <= to)
    .map(({ date }) => Temporal.PlainDate.from(date))
    .toSorted((one, other) => Temporal.PlainDate.compare(one, other));
}

function windowsIn(zone: string, windows: readonly Window[], span: Interval): Interval[] {
  const starts = windows.flatMap(startsOf);
  const reach = Math.max(...starts.map(({ days }) => days));
  const last = localDate(zone, span.to);
  const found: Interval[] = [];
  let date = localDate(zone, span.from).subtract({ days: reach });
  for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    for (const { weekday, from, days, to } of starts) {
      if (weekday !== date.dayOfWeek) continue;
      found.push({
        from: firstAt(zone, date.toPlainDateTime(from)),
        to: lastAt(zone, date.add({ days }).toPlainDateTime(to)),
      });
    }
  }
  return found;
}

/** A window as it begins on one weekday; it ends `days` later. */
interface Start {
  weekday: number;
  from: string;
  days: number;
  to: string;
}

function startsOf(window: Window): Start[] {
  const { from, to } = window;
  const overnight = minutesOf(to) <= minutesOf(from);
  if ('weekdays' in window) {
    return window.weekdays.map((weekday) => ({ weekday, from, days: overnight ? 1 : 0, to }));
  }
  const days = (window.toWeekday - window.fromWeekday + 7) % 7;
  return [{ weekday: window.fromWeekday, from, days: days === 0 && overnight ? 7 : days, to }];
}

const minutesInDay = 1440;
const minutesInWeek = 7 * minutesInDay;

/**
 * Whether a day of turns, from one hand-off to the next, has an open minute, by wall clock alone.
 * `offset` says on which day within the day of turns: 0 before midnight, 1 after it.
 */
export function hasOpenHours(
  windows: readonly Window[] | undefined,
  { weekday, handOff, isOpen }: { weekday: number; handOff: string; isOpen: IsOpenOn },
): boolean {
  const turns = minutesOf(handOff);
  const parts = [
    { offset: 0, from: turns, to: minutesInDay },
    { offset: 1, from: 0, to: turns },
  ].filter(({ offset, from, to }) => from < to && isOpen(offset));
  if (windows === undefined) return parts.length > 0;
  const starts = windows.flatMap(startsOf);
  return parts.some(({ offset, from, to }) => {
    const midnightAt = ((weekday - 1 + offset) % 7) * minutesInDay;
    return starts.some((start) => meets(start, midnightAt + from, midnightAt + to));
  });
}

type IsOpenOn = (offset: number) => boolean;

/** In a week that repeats for ever; minutes since its Monday. */
function meets({ weekday, from, days, to }: Start, begin: number, end: number): boolean {
  const opens = (weekday - 1) * minutesInDay + minutesOf(from);
  const closes = (weekday - 1 + days) * minutesInDay + minutesOf(to);
  return [-minutesInWeek, 0, minutesInWeek].some(
    (shift) => opens + shift < end && begin < closes + shift,
  );
}

const midnight = (date: string | Temporal.PlainDate): Temporal.PlainDateTime =>
  Temporal.PlainDate.from(date).toPlainDateTime();
