import { contains, intersect, subtract, union } from './time/intervals.js';
import type { FixedStretch, Interval, Layer, OnCallMember, Override } from './schedule.js';
import type { Schedule, Why } from './schedule.js';
import { membersOf, turnsIn } from './layers/turns.js';
import { type Clock, clockOf, wallOf } from './time/clock.js';
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
function plan({ zone, fixed, layers, holidays }: Schedule, span: Interval): Planned[] {
  const clock = clockOf(zone, span);
  const stretches = byBeginning(fixed).map((stretch) => ({ ...local(clock, stretch), stretch }));
  const planned = stretches.flatMap((one) => fixedShifts(clock, one));
  let left = subtract([span], union(stretches));
  for (const layer of layers) {
    if (left.length === 0) break;
    const open = intersect(left, openTimes(clock, layer, holidays));
    planned.push(...layerTurns(clock, layer, { holidays, open }));
    left = subtract(left, open);
  }
  return planned.toSorted((one, other) => one.from - other.from);
}

function layerTurns(
  clock: Clock,
  layer: Layer,
  { holidays, open }: Pick<Schedule, 'holidays'> & { open: Interval[] },
): Planned[] {
  if (open.length === 0) return [];
  const { name, turns } = layer;
  const people = (turn: number | null): OnCallMember[] => {
    const why: Why = { kind: 'layer', name, turn };
    return membersOf(layer, turn ?? 0).map((member) => ({ member, why }));
  };
  if (turns === undefined) {
    const all = people(null);
    return open.map((interval) => ({ ...interval, people: all }));
  }
  const spans = turnsIn(clock, { ...layer, turns }, holidays);
  return intersect(spans, open).map(({ from, to, turn }) => ({ from, to, people: people(turn) }));
}

function fixedShifts(clock: Clock, one: Interval & { stretch: FixedStretch }): Planned[] {
  const { name, shifts } = one.stretch;
  const why: Why = { kind: 'fixed', name };
  const planned = byBeginning(shifts).map((shift) => ({
    ...local(clock, shift),
    people: shift.members.map((member) => ({ member, why })),
  }));
  return intersect(planned, intersect([clock.span], [one]));
}

const local = (clock: Clock, { from, to }: { from: string; to: string }): Interval =>
  clock.between(wallOf(from), wallOf(to));

/** By the wall clock: where the span begins must not change who comes first. */
const byBeginning = <S extends { from: string }>(stretches: readonly S[]): S[] =>
  stretches.toSorted((one, other) => wallOf(one.from) - wallOf(other.from));

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

/**
 * Each is looked at against the answer without any: who stands in for somebody is not replaced.
 * Who stays on call anyway does not stand in as well; who is replaced somewhere else does.
 */
function apply(planned: readonly OnCallMember[], overrides: readonly Override[]): OnCallMember[] {
  const overrideOf = (member: string) => overrides.find(({ outgoing }) => outgoing === member);
  const stays = ({ member }: OnCallMember) => overrideOf(member) === undefined;
  const staying = new Set(planned.filter(stays).map(({ member }) => member));
  const people = planned.flatMap((one) => {
    const over = overrideOf(one.member);
    if (over === undefined) return [one];
    return over.incoming === null || staying.has(over.incoming)
      ? []
      : [standIn(over.incoming, over)];
  });
  const present = new Set(people.map(({ member }) => member));
  const added = overrides.flatMap((one) => {
    const { kind, incoming } = one;
    return kind !== 'add' || incoming === null || present.has(incoming)
      ? []
      : [standIn(incoming, one)];
  });
  return once([...people, ...added]);
}

const standIn = (member: string, override: Override): OnCallMember => ({
  member,
  why: whyOf(override),
});

function whyOf({ id, swapId, outgoing }: Override): Why {
  if (swapId !== null) return { kind: 'swap', id: swapId, instead: outgoing };
  return { kind: 'override', id, instead: outgoing };
}
