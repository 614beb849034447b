import type { TimeToPeople } from '../../../cases/rules/simulation/time-to-people.js';
import type { LocalDay } from '../../../oncall/local-times.service.js';
import { hourText, localField } from '../times.js';

/** How long a flag raised then waits for the person asked for; null seconds: for nobody. */
export interface Cell {
  at: number;
  seconds: number | null;
}

export interface StripDay {
  day: LocalDay;
  /** By half hours on the clock: null where clocks skip one, the worse where they repeat it. */
  cells: (Cell | null)[];
  worst: Cell | null;
}

export const halfHours = 48;

/** A week of the simulation, each day by the clock on the wall. */
export function stripOf(
  week: readonly TimeToPeople[],
  days: readonly LocalDay[],
  { zone, nth }: { zone: string; nth: number },
): StripDay[] {
  return days.map((day) => {
    const cells: (Cell | null)[] = Array.from({ length: halfHours }, () => null);
    const moments = week.filter(({ at }) => day.from <= at && at < day.to);
    for (const { at, seconds } of moments) {
      const cell = { at, seconds: seconds[nth - 1] ?? null };
      const place = placeOf(at, zone);
      cells[place] = worseOf(cells[place] ?? cell, cell);
    }
    const there = cells.filter((cell) => cell !== null);
    const [first = null, ...rest] = there;
    return { day, cells, worst: first && rest.reduce(worseOf, first) };
  });
}

/** The number of the half hour on the clock. */
function placeOf(at: number, zone: string): number {
  const [hour = 0, minute = 0] = localField(at, zone).slice(11).split(':').map(Number);
  return hour * 2 + Math.floor(minute / 30);
}

const worseOf = (one: Cell, other: Cell): Cell =>
  (other.seconds ?? Infinity) > (one.seconds ?? Infinity) ? other : one;

/** As short as fits a cell: whole minutes, rounded up; `no` for nobody. */
export function minutesText(seconds: number | null): string {
  if (seconds === null) return 'no';
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? String(minutes) : `${Math.ceil(minutes / 60)}h`;
}

/** In whole words. */
export function waitText(seconds: number | null): string {
  if (seconds === null) return 'nobody';
  if (seconds === 0) return 'at once';
  if (seconds < 60) return `after ${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return `after ${minutes} min`;
  return `after ${Math.ceil(minutes / 60)} h`;
}

const levels = [0, 120, 300, 900, 3_600];

/** From 0, the best, to 6: nobody at all. */
export function levelOf(seconds: number | null): number {
  if (seconds === null) return levels.length + 1;
  const level = levels.findIndex((most) => seconds <= most);
  return level < 0 ? levels.length : level;
}

export const levelWords = [
  'at once',
  'up to 2 minutes',
  'up to 5 minutes',
  'up to 15 minutes',
  'up to an hour',
  'longer',
  'nobody',
] as const;

export const cellText = ({ at, seconds }: Cell, zone: string): string =>
  `${hourText(at, zone)}: ${waitText(seconds)}`;
