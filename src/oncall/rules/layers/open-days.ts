import type { Holiday, Layer, Turns } from '../schedule.js';
import { type Clock, type Wall, dayMs, dayOf, midnightOf, sinceMidnight } from '../time/clock.js';
import { weekdayOf, weekMs } from '../time/clock.js';
import type { TurnSpan } from './turns.js';
import { hasOpenHours } from './windows.js';

/** Day by day from hand-off to hand-off, without days that are nobody's turn. */
export function openDaysIn(
  clock: Clock,
  layer: Layer & { turns: Turns },
  holidays: readonly Holiday[],
): TurnSpan[] {
  const { interval, handOff } = layer.turns;
  const handOffMs = sinceMidnight(handOff.time);
  const { isOpen, countUntil } = openDays(layer, holidays);
  const found: TurnSpan[] = [];
  for (let day = dayOf(clock.lowest) - dayMs; day <= clock.highest; day += dayMs) {
    if (!isOpen(day)) continue;
    const { from, to } = clock.between(day + handOffMs, day + dayMs + handOffMs);
    const turn = Math.floor(countUntil(day) / interval);
    if (from < to) found.push({ turn, from, to });
  }
  return found;
}

/** Which days of turns are open, and how many since the first: by weeks, not day by day. */
function openDays({ turns, windows, days }: Layer & { turns: Turns }, all: readonly Holiday[]) {
  const handOffMs = sinceMidnight(turns.handOff.time);
  const holidays = new Set(days === undefined ? [] : all.map(({ date }) => midnightOf(date)));
  const onHoliday = days === 'holidays';
  const ordinary = [1, 2, 3, 4, 5, 6, 7].map((weekday) =>
    hasOpenHours(windows, { weekday, handOffMs, isOpen: () => !onHoliday }),
  );
  const isOrdinarilyOpen = (day: Wall) => ordinary[weekdayOf(day) - 1] === true;
  const isOpen = (day: Wall): boolean =>
    hasOpenHours(windows, {
      weekday: weekdayOf(day),
      handOffMs,
      isOpen: (offset) => holidays.has(day + offset * dayMs) === onHoliday,
    });
  // A holiday meets the day of turns that begins on it and the one that ends on it.
  const affected = new Set([...holidays].flatMap((day) => [day - dayMs, day]));
  const exceptions = [...affected].filter((day) => isOpen(day) !== isOrdinarilyOpen(day));
  const perWeek = ordinary.filter(Boolean).length;
  const first = midnightOf(turns.startsOn);

  /** How many days of turns were open from `startsOn` until `day`; negative before it. */
  const countUntil = (day: Wall): number => {
    const [from, to] = day < first ? [day, first] : [first, day];
    const weeks = Math.floor((to - from) / weekMs);
    let count = weeks * perWeek;
    for (let one = from + weeks * weekMs; one < to; one += dayMs) {
      if (isOrdinarilyOpen(one)) count += 1;
    }
    for (const one of exceptions) {
      if (from <= one && one < to) count += isOrdinarilyOpen(one) ? -1 : 1;
    }
    return day < first ? -count : count;
  };
  return { isOpen, countUntil };
}
