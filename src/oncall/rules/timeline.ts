import { Temporal } from 'temporal-polyfill';
import { contains, intersect, subtract, union } from './time/intervals.js';
import type { FixedStretch, Interval, Layer, OnCallMember, Override } from './schedule.js';
import type { Schedule, Why } from './schedule.js';
import { membersOf, turnsIn } from './layers/turns.js';
import { firstAt, lastAt } from './time/wall-clock.js';
import { openTimes } from './layers/windows.js';

/** A stretch in which the answer stays the same; nobody on call is an answer too. */
export interface Segment extends Interval {
  people: OnCallMember[];
}

interface Planned extends Interval {
  people: OnCallMember[];
}

/** The whole span, cut wherever the answer may change, without a hole and in order. */
export function timeline(schedule: Schedule, span: Interval): Segment[] {
  if (span.from >= span.to) return [];
  const planned = plan(schedule, span);
  const overrides = schedule.overrides.filter(({ from, to }) => from < span.to && span.from < to);
  const segments: Segment[] = [];
  let next = 0;
  let active: Planned[] = [];
  for (const { from, to } of cuts(span, [...planned, ...overrides])) {
    active = active.filter((one) => one.to > from);
    for (; next < planned.length && (planned[next] as Planned).from <= from; next += 1) {
      active.push(planned[next] as Planned);
    }
    const people = once(active.flatMap((one) => one.people));
    const applied = overrides.filter((one) => contains(one, from));
    segments.push({ from, to, people: applied.length === 0 ? people : apply(people, applied) });
  }
  return segments;
}

/** Who would be on call without overrides, in order of time; overlapping where clocks change. */
function plan(schedule: Schedule, span: Interval): Planned[] {
  const { zone, fixed, layers, holidays } = schedule;
  const stretches = fixed
    .map((one) => ({ stretch: one, within: local(zone, one) }))
    .filter(({ within }) => within.from < span.to && span.from < within.to);
  const planned = stretches.flatMap(({ stretch, within }) =>
    fixedShifts(zone, stretch, intersect([within], [span])),
  );
  let left = subtract([span], union(stretches.map(({ within }) => within)));
  for (const layer of layers) {
    if (left.length === 0) break;
    const open = intersect(openTimes(zone, layer, holidays, span), left);
    if (open.length === 0) continue;
    planned.push(...layerTurns(zone, layer, { holidays, span, open }));
    left = subtract(left, union(open));
  }
  return planned.toSorted((one, other) => one.from - other.from);
}

function layerTurns(
  zone: string,
  layer: Layer,
  { holidays, span, open }: Pick<Schedule, 'holidays'> & { span: Interval; open: Interval[] },
): Planned[] {
  const { name, turns } = layer;
  const people = (turn: number | null): OnCallMember[] => {
    const why: Why = { kind: 'layer', name, turn };
    return membersOf(layer, turn ?? 0).map((member) => ({ member, why }));
  };
  if (turns === undefined) {
    const all = people(null);
    return open.map((interval) => ({ ...interval, people: all }));
  }
  const spans = turnsIn(zone, { ...layer, turns }, holidays, span);
  return intersect(spans, open).map(({ from, to, turn }) => ({ from, to, people: people(turn) }));
}

function fixedShifts(zone: string, stretch: FixedStretch, within: Interval[]): Planned[] {
  const why: Why = { kind: 'fixed', name: stretch.name };
  const shifts = stretch.shifts
    .map((shift) => ({
      ...local(zone, shift),
      people: shift.members.map((member) => ({ member, why })),
    }))
    .toSorted((one, other) => one.from - other.from);
  return intersect(shifts, within);
}

function local(zone: string, { from, to }: { from: string; to: string }): Interval {
  return {
    from: firstAt(zone, Temporal.PlainDateTime.from(from)),
    to: lastAt(zone, Temporal.PlainDateTime.from(to)),
  };
}

function cuts(span: Interval, intervals: readonly Interval[]): Interval[] {
  const moments = new Set([span.from, span.to]);
  for (const { from, to } of intervals) {
    if (from > span.from && from < span.to) moments.add(from);
    if (to > span.from && to < span.to) moments.add(to);
  }
  const ordered = [...moments].toSorted((one, other) => one - other);
  return ordered.slice(1).map((to, at) => ({ from: ordered[at] as number, to }));
}

/** Where turns overlap, whoever is in both is in the later one. */
function once(people: readonly OnCallMember[]): OnCallMember[] {
  const byMember = new Map<string, OnCallMember>();
  for (const one of people) byMember.set(one.member, one);
  return [...byMember.values()];
}

/** Each is looked at against the answer without any: who stands in for somebody is not replaced. */
function apply(planned: readonly OnCallMember[], overrides: readonly Override[]): OnCallMember[] {
  const isPlanned = (member: string | null) => planned.some((one) => one.member === member);
  const people = planned.flatMap((one) => {
    const over = overrides.find(({ outgoing }) => outgoing === one.member);
    if (over === undefined) return [one];
    if (over.incoming === null || isPlanned(over.incoming)) return [];
    return [{ member: over.incoming, why: whyOf(over) }];
  });
  const added = overrides.filter(({ kind }) => kind === 'add');
  return once([
    ...people,
    ...added.flatMap((one) => {
      const { incoming } = one;
      if (incoming === null || people.some(({ member }) => member === incoming)) return [];
      return [{ member: incoming, why: whyOf(one) }];
    }),
  ]);
}

function whyOf({ id, swapId, outgoing }: Override): Why {
  if (swapId !== null) return { kind: 'swap', id: swapId, instead: outgoing };
  return { kind: 'override', id, instead: outgoing };
}
