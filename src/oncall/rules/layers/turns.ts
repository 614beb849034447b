import { Temporal } from 'temporal-polyfill';
import type { Holiday, Interval, Layer, Turns } from '../schedule.js';
import { type Clock, type Wall, dayMs, hourMs, midnightOf, modulo, plain } from '../time/clock.js';
import { sinceMidnight, weekdayOf, weekMs } from '../time/clock.js';
import { openDaysIn } from './open-days.js';

/** A stretch in which one turn is on, before anybody asks whether the layer is open. */
export interface TurnSpan extends Interval {
  turn: number;
}

/**
 * The turns that meet the span of the clock. Every hand-off is counted from the first one on the
 * wall clock, never from the one before it, so that nothing drifts and an old schedule costs no
 * more.
 */
export function turnsIn(
  clock: Clock,
  layer: Layer & { turns: Turns },
  holidays: readonly Holiday[],
): TurnSpan[] {
  const { turns } = layer;
  if (turns.skipClosedDays) return openDaysIn(clock, layer, holidays);
  const { handOff, turnNear } =
    turns.every === 'month' ? monthly(turns) : evenly(turns, turns.every);
  const found: TurnSpan[] = [];
  let turn = turnNear(clock.lowest);
  // Clocks that will go back make this moment the end of several turns.
  while (clock.at(handOff(turn)).last > clock.span.from) turn -= 1;
  for (; ; turn += 1) {
    const { from, to } = clock.between(handOff(turn), handOff(turn + 1));
    if (from >= clock.span.to) return found;
    // Where clocks jump over the whole turn of an hour, nothing is left of it.
    if (from < to) found.push({ turn, from, to });
  }
}

/** Whose turn it is, as many as share it. */
export function membersOf({ members, turns }: Layer, turn: number): string[] {
  const count = turns?.peopleAtOnce ?? members.length;
  return Array.from(
    { length: count },
    (_, at) => members[modulo(turn * count + at, members.length)] as string,
  );
}

interface HandOffs {
  /** When a turn begins. */
  handOff: (turn: number) => Wall;
  /** The turn that is on at a time, or a later one. */
  turnNear: (wall: Wall) => number;
}

const lengthMs = { hour: hourMs, day: dayMs, week: weekMs };

function evenly(turns: Turns, unit: keyof typeof lengthMs): HandOffs {
  const { interval, handOff: at, startsOn } = turns;
  const start = midnightOf(startsOn);
  const days = at.weekday === undefined ? 0 : modulo(at.weekday - weekdayOf(start), 7);
  const first = start + days * dayMs + sinceMidnight(at.time);
  const length = interval * lengthMs[unit];
  return {
    handOff: (turn) => first + turn * length,
    turnNear: (wall) => Math.floor((wall - first) / length),
  };
}

/** On the same day of each month, in a month too short for it on its last. */
function monthly({ interval, handOff: at, startsOn }: Turns): HandOffs {
  const start = Temporal.PlainDate.from(startsOn);
  const day = at.day ?? start.day;
  const dateIn = (month: number) =>
    Temporal.PlainDate.from({ year: Math.floor(month / 12), month: modulo(month, 12) + 1, day });
  const here = monthOf(start);
  const first = Temporal.PlainDate.compare(dateIn(here), start) < 0 ? here + 1 : here;
  return {
    handOff: (turn) =>
      midnightOf(dateIn(first + turn * interval).toString()) + sinceMidnight(at.time),
    turnNear: (wall) => Math.floor((monthOf(plain(wall)) - first) / interval),
  };
}

const monthOf = ({ year, month }: { year: number; month: number }) => year * 12 + month - 1;
