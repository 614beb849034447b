import type { Holiday, Interval, Layer, Window } from '../schedule.js';
import { type Clock, type Wall, dayMs, dayOf, midnightOf, modulo } from '../time/clock.js';
import { sinceMidnight, weekdayOf, weekMs } from '../time/clock.js';
import { intersect, subtract, union } from '../time/intervals.js';

/** When a layer is open within the span of the clock: its windows, on its days, in its lifetime. */
export function openTimes(
  clock: Clock,
  layer: Pick<Layer, 'windows' | 'days' | 'from' | 'until'>,
  holidays: readonly Holiday[],
): Interval[] {
  const { windows, days, from, until } = layer;
  let open = [clock.span];
  if (from !== undefined) open = intersect(open, [startingAt(clock, from)]);
  if (until !== undefined) open = intersect(open, [endingAt(clock, until)]);
  if (days === 'holidays') open = intersect(open, holidayTimes(clock, holidays));
  if (days === 'not_holidays') open = subtract(open, otherTimes(clock, holidays));
  if (windows === undefined || open.length === 0) return open;
  return intersect(open, windowTimes(clock, windows));
}

const startingAt = (clock: Clock, date: string): Interval => ({
  from: clock.at(midnightOf(date)).first,
  to: Infinity,
});

const endingAt = (clock: Clock, date: string): Interval => ({
  from: -Infinity,
  to: clock.at(midnightOf(date)).last,
});

/** Days in a row are one stretch. */
const holidayRuns = (holidays: readonly Holiday[]): { from: Wall; to: Wall }[] =>
  union(holidays.map(({ date }) => ({ from: midnightOf(date), to: midnightOf(date) + dayMs })));

function holidayTimes(clock: Clock, holidays: readonly Holiday[]): Interval[] {
  return union(holidayRuns(holidays).map(({ from, to }) => clock.between(from, to)));
}

/** When the layers of other days are closed: the other way round, so that both overlap. */
function otherTimes(clock: Clock, holidays: readonly Holiday[]): Interval[] {
  const closed = holidayRuns(holidays);
  return union(
    closed.map(({ from, to }) => ({ from: clock.at(from).last, to: clock.at(to).first })),
  );
}

function windowTimes(clock: Clock, windows: readonly Window[]): Interval[] {
  const openings = windows.flatMap(openingsOf);
  const longest = Math.max(...openings.map(({ closes }) => closes));
  const found: Interval[] = [];
  for (let day = dayOf(clock.lowest - longest); day <= clock.highest; day += dayMs) {
    for (const { weekday, opens, closes } of openings) {
      if (weekday === weekdayOf(day)) found.push(clock.between(day + opens, day + closes));
    }
  }
  return union(found);
}

/** A window as it opens on one weekday: milliseconds on the wall since that day's midnight. */
interface Opening {
  weekday: number;
  opens: number;
  closes: number;
}

function openingsOf(window: Window): Opening[] {
  const [opens, closes] = [sinceMidnight(window.from), sinceMidnight(window.to)];
  if ('weekdays' in window) {
    const overnight = closes <= opens ? dayMs : 0;
    return window.weekdays.map((weekday) => ({ weekday, opens, closes: closes + overnight }));
  }
  const weekday = window.fromWeekday;
  const later = closes + modulo(window.toWeekday - weekday, 7) * dayMs;
  return [{ weekday, opens, closes: later <= opens ? later + weekMs : later }];
}

/** A day of turns, from one hand-off to the next. */
export interface TurnDay {
  weekday: number;
  /** Since midnight. */
  handOffMs: number;
  /** Whether the layer is there on the calendar day itself (0), and on the next one (1). */
  isOpen: (offset: 0 | 1) => boolean;
}

/** Whether a day of turns has an open minute, by wall clock alone. */
export function hasOpenHours(windows: readonly Window[] | undefined, day: TurnDay): boolean {
  const { weekday, handOffMs, isOpen } = day;
  const parts: Interval[] = [];
  if (isOpen(0)) parts.push({ from: handOffMs, to: dayMs });
  if (isOpen(1) && handOffMs > 0) parts.push({ from: dayMs, to: dayMs + handOffMs });
  if (windows === undefined) return parts.length > 0;
  const openings = windows.flatMap(openingsOf);
  return parts.some((part) =>
    openings.some((opening) => {
      // In a week that repeats for ever: the window may have opened before this day.
      const since = modulo(opening.weekday - weekday, 7) * dayMs;
      return [since, since - weekMs].some(
        (start) => start + opening.opens < part.to && part.from < start + opening.closes,
      );
    }),
  );
}
