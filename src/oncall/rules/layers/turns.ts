import { Temporal } from 'temporal-polyfill';
import type { Holiday, Interval, Layer, Turns } from '../schedule.js';
import { firstAt, lastAt, localTime } from '../time/wall-clock.js';
import { hasOpenHours } from './windows.js';

/** A stretch in which one turn is on, before anybody asks whether the layer is open. */
export interface TurnSpan extends Interval {
  turn: number;
}

/**
 * The turns that meet a span. Every hand-off is counted from the first one on the wall clock,
 * never from the one before it, so that nothing drifts and an old schedule costs no more.
 */
export function turnsIn(
  zone: string,
  layer: Layer & { turns: Turns },
  holidays: readonly Holiday[],
  span: Interval,
): TurnSpan[] {
  const { turns } = layer;
  if (turns.every === 'day' && turns.skipClosedDays) {
    return openDaysIn(zone, layer, holidays, span);
  }
  const found: TurnSpan[] = [];
  // Two too far back, then on: where clocks fall back over midnight, a date comes twice.
  let turn = turnNear(turns, localTime(zone, span.from)) - 2;
  for (; ; turn += 1) {
    const from = firstAt(zone, handOff(turns, turn));
    if (from >= span.to) return found;
    const to = lastAt(zone, handOff(turns, turn + 1));
    // Where clocks jump over the whole turn of an hour, nothing is left of it.
    if (from < to && to > span.from) found.push({ turn, from, to });
  }
}

/** Whose turn it is, as many as share it. */
export function membersOf(layer: Layer, turn: number): string[] {
  const { members } = layer;
  const count = Math.min(layer.turns?.peopleAtOnce ?? members.length, members.length);
  const first = turn * count;
  return Array.from(
    { length: count },
    (_, at) => members[modulo(first + at, members.length)] as string,
  );
}

function handOff(turns: Turns, turn: number): Temporal.PlainDateTime {
  const first = firstHandOff(turns);
  const count = turn * turns.interval;
  if (turns.every === 'hour') return first.add({ hours: count });
  if (turns.every === 'day') return first.add({ days: count });
  if (turns.every === 'week') return first.add({ weeks: count });
  const month = first.toPlainDate().toPlainYearMonth().add({ months: count });
  return month.toPlainDate({ day: monthDay(turns) }).toPlainDateTime(turns.handOff.time);
}

function firstHandOff(turns: Turns): Temporal.PlainDateTime {
  const { every, handOff: at, startsOn } = turns;
  const start = Temporal.PlainDate.from(startsOn);
  if (every === 'week') {
    const days = modulo((at.weekday ?? start.dayOfWeek) - start.dayOfWeek, 7);
    return start.add({ days }).toPlainDateTime(at.time);
  }
  if (every !== 'month') return start.toPlainDateTime(at.time);
  const here = start.with({ day: monthDay(turns) });
  const month = start.toPlainYearMonth();
  const isPast = Temporal.PlainDate.compare(here, start) < 0;
  const first = isPast ? month.add({ months: 1 }).toPlainDate({ day: monthDay(turns) }) : here;
  return first.toPlainDateTime(at.time);
}

const monthDay = ({ handOff: at, startsOn }: Turns): number =>
  at.day ?? Temporal.PlainDate.from(startsOn).day;

const hoursIn = { hour: 1, day: 24, week: 168 } as const;

/** The turn that is on by the wall clock, or one beside it. */
function turnNear(turns: Turns, local: Temporal.PlainDateTime): number {
  const first = firstHandOff(turns);
  if (turns.every === 'month') {
    const months = (local.year - first.year) * 12 + local.month - first.month;
    return Math.floor(months / turns.interval);
  }
  const hours = first.until(local, { largestUnit: 'hours' }).hours;
  return Math.floor(hours / (hoursIn[turns.every] * turns.interval));
}

/** Day by day from hand-off to hand-off, without days that are nobody's turn. */
function openDaysIn(
  zone: string,
  layer: Layer & { turns: Turns },
  holidays: readonly Holiday[],
  span: Interval,
): TurnSpan[] {
  const { turns } = layer;
  const calendar = openDays(layer, holidays);
  const last = localTime(zone, span.to).toPlainDate();
  const found: TurnSpan[] = [];
  let date = localTime(zone, span.from).toPlainDate().subtract({ days: 2 });
  for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    if (!calendar.isOpen(date)) continue;
    const from = firstAt(zone, date.toPlainDateTime(turns.handOff.time));
    const to = lastAt(zone, date.add({ days: 1 }).toPlainDateTime(turns.handOff.time));
    const turn = Math.floor(calendar.countUntil(date) / turns.interval);
    if (from < to && to > span.from && from < span.to) found.push({ turn, from, to });
  }
  return found;
}

/** Which days of turns are open, and how many since the first: by weeks, not day by day. */
function openDays(layer: Layer & { turns: Turns }, holidays: readonly Holiday[]) {
  const { turns, windows, days } = layer;
  const handOffTime = turns.handOff.time;
  const holidayDates = new Set(days === undefined ? [] : holidays.map(({ date }) => date));
  const onHoliday = days === 'holidays';
  const ordinary = [1, 2, 3, 4, 5, 6, 7].map((weekday) =>
    hasOpenHours(windows, { weekday, handOff: handOffTime, isOpen: () => !onHoliday }),
  );
  const isOpen = (date: Temporal.PlainDate): boolean =>
    hasOpenHours(windows, {
      weekday: date.dayOfWeek,
      handOff: handOffTime,
      isOpen: (offset) => holidayDates.has(date.add({ days: offset }).toString()) === onHoliday,
    });
  const affected = [...holidayDates].flatMap((text) => {
    const date = Temporal.PlainDate.from(text);
    return [date.subtract({ days: 1 }), date];
  });
  const exceptions = [...new Set(affected.map(String))]
    .map((text) => Temporal.PlainDate.from(text))
    .filter((date) => isOpen(date) !== ordinary[date.dayOfWeek - 1]);
  const first = Temporal.PlainDate.from(turns.startsOn);

  /** How many days of turns were open from `startsOn` until `date`; negative before it. */
  const countUntil = (date: Temporal.PlainDate): number => {
    const isBefore = Temporal.PlainDate.compare(date, first) < 0;
    const [from, to] = isBefore ? [date, first] : [first, date];
    const length = from.until(to, { largestUnit: 'days' }).days;
    const perWeek = ordinary.filter(Boolean).length;
    let count = Math.floor(length / 7) * perWeek;
    for (let at = 0; at < length % 7; at += 1) {
      if (ordinary[(from.dayOfWeek - 1 + at) % 7]) count += 1;
    }
    for (const one of exceptions) {
      const isWithin =
        Temporal.PlainDate.compare(from, one) <= 0 && Temporal.PlainDate.compare(one, to) < 0;
      if (isWithin) count += isOpen(one) ? 1 : -1;
    }
    return isBefore ? -count : count;
  };
  return { isOpen, countUntil };
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;
