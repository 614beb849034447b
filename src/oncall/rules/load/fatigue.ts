import { Temporal } from 'temporal-polyfill';
import type { Interval } from '../schedule.js';
import { intersect, union } from '../time/intervals.js';
import type { Segment } from '../timeline.js';
import { lengthOf, type Night, nightsIn, nightsWorked } from './nights.js';

/** What a schedule asks of one person at most; it warns, it never keeps anybody from a page. */
export interface FatigueLimits {
  /** Hours on call in any 7 days in a row. */
  hoursPerWeekMax?: number | undefined;
  nightsInARowMax?: number | undefined;
}

/** Somebody is asked for more than the schedule allows, from the first hour of it to the last. */
export interface Violation extends Interval {
  person: string;
  kind: 'hours_per_week' | 'nights_in_a_row';
  /** Begun hours, or nights. */
  value: number;
  max: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;

/** How far around a change one has to look to see whether it makes too much of something. */
export function fatigueReachMs({ hoursPerWeekMax, nightsInARowMax }: FatigueLimits): number {
  const ofHours = hoursPerWeekMax === undefined ? 0 : weekMs;
  const ofNights = nightsInARowMax === undefined ? 0 : (nightsInARowMax + 2) * dayMs;
  return Math.max(ofHours, ofNights);
}

/** Everybody's, by the hours for which they are on call on one schedule. */
export function violations(
  zone: string,
  limits: FatigueLimits,
  segments: readonly Segment[],
): Violation[] {
  const { hoursPerWeekMax, nightsInARowMax } = limits;
  if (hoursPerWeekMax === undefined && nightsInARowMax === undefined) return [];
  const [first, last] = [segments.at(0), segments.at(-1)];
  if (first === undefined || last === undefined) return [];
  const nights =
    nightsInARowMax === undefined ? [] : nightsIn(zone, { from: first.from, to: last.to });
  return [...onCallTimes(segments)].flatMap(([person, onCall]) => [
    ...(hoursPerWeekMax === undefined ? [] : tooManyHours(person, onCall, hoursPerWeekMax)),
    ...(nightsInARowMax === undefined
      ? []
      : tooManyNights(person, nightsWorked(nights, onCall), nightsInARowMax)),
  ]);
}

/** What a change makes worse: an old violation is no reason to speak of it again. */
export function newViolations(
  before: readonly Violation[],
  after: readonly Violation[],
): Violation[] {
  return after.filter(
    (one) =>
      !before.some(
        (old) =>
          old.person === one.person &&
          old.kind === one.kind &&
          old.value >= one.value &&
          old.from < one.to &&
          one.from < old.to,
      ),
  );
}

function onCallTimes(segments: readonly Segment[]): Map<string, Interval[]> {
  const times = new Map<string, Interval[]>();
  for (const { from, to, people } of segments) {
    for (const { member } of people) {
      const own = times.get(member) ?? [];
      own.push({ from, to });
      times.set(member, own);
    }
  }
  for (const [member, own] of times) times.set(member, union(own));
  return times;
}

/** The most of any 7 days is in some that begin with a time on call, or end with one. */
function tooManyHours(person: string, onCall: readonly Interval[], max: number): Violation[] {
  const starts = onCall.flatMap(({ from, to }) => [from, to - weekMs]);
  const weeks = [...new Set(starts)]
    .map((from) => ({ from, to: from + weekMs }))
    .map((week) => ({ ...week, spent: lengthOf(intersect([week], onCall)) }))
    .filter(({ spent }) => spent > max * hourMs);
  return union(weeks).map((stretch) => {
    const within = weeks.filter(({ from, to }) => stretch.from <= from && to <= stretch.to);
    const most = Math.max(...within.map(({ spent }) => spent));
    const worked = intersect([stretch], onCall);
    return {
      person,
      kind: 'hours_per_week',
      from: (worked[0] as Interval).from,
      to: (worked.at(-1) as Interval).to,
      value: Math.ceil(most / hourMs),
      max,
    };
  });
}

function tooManyNights(person: string, nights: readonly Night[], max: number): Violation[] {
  const runs: Night[][] = [];
  for (const night of nights) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (last !== undefined && dayAfter(last.date) === night.date) run?.push(night);
    else runs.push([night]);
  }
  return runs
    .filter(({ length }) => length > max)
    .map((run) => ({
      person,
      kind: 'nights_in_a_row',
      from: (run[0] as Night).from,
      to: (run.at(-1) as Night).to,
      value: run.length,
      max,
    }));
}

const dayAfter = (date: string): string =>
  Temporal.PlainDate.from(date).add({ days: 1 }).toString();
