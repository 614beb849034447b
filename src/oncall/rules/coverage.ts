import { type Choosing, isUnconditional } from './answering/audience.js';
import { type AnsweringFacts, type Choice, choosePeople } from './answering/choose-people.js';
import { acceptedTimes } from './gaps.js';
import { segmentAt } from './resolve.js';
import type { Interval } from './schedule.js';
import type { ScheduleBody } from './schedule-schema.js';
import { intersect, subtract, union } from './time/intervals.js';
import type { Segment } from './timeline.js';

/** With fewer people than this behind a program, one phone that fails leaves nobody. */
const peopleMin = 2;
const minuteMs = 60_000;

/** Who took it upon themselves that nobody is on call, and why. */
export interface Acceptance {
  /** A staff id; null when only the program's file says so. */
  by: string | null;
  reason: string;
  /** The same hours of every week: nobody is reminded of it. */
  everyWeek: boolean;
}

export interface AcceptedStretch extends Acceptance, Interval {}

export type GapReason = 'nobody_scheduled' | 'nobody_eligible' | 'nobody_reachable';

/** A stretch in which nobody whom a schedule puts on call could be paged and take a case. */
export interface Gap extends Interval {
  why: GapReason;
  accepted: Acceptance | null;
}

/** A stretch in which all steps of a policy together name fewer than two who could be paged. */
interface ThinStretch extends Interval {
  people: number;
}

export interface CoverageAsked {
  span: Interval;
  facts: Omit<AnsweringFacts, 'onCall'>;
  schedules: readonly {
    id: string;
    key: string;
    /** Through the span. */
    segments: readonly Segment[];
    accepted: readonly AcceptedStretch[];
  }[];
  /** The steps of each acuity of the policy in force. */
  policies: readonly (readonly Choosing[])[];
}

export interface Coverage {
  schedules: {
    id: string;
    /** A step of the policy pages it. */
    used: boolean;
    gaps: Gap[];
    minutes: GapMinutes;
  }[];
  thin: ThinStretch[];
  /** Of the gaps those in which at least one schedule that is used has one. */
  minutes: GapMinutes & { thin: number };
}

interface GapMinutes {
  /** That nobody has accepted. */
  gap: number;
  acceptedGap: number;
}

/**
 * Where a span is not covered by people who may take cases then and have a way to be reached that
 * did not fail its last test. Whom a schedule or a policy names is chosen as for a page.
 */
export function coverageOf({ span, facts, schedules, policies }: CoverageAsked): Coverage {
  const byKey = new Map(schedules.map(({ key, segments }) => [key, segments]));
  const all: AnsweringFacts = {
    ...facts,
    onCall: (key, at) => {
      const people = segmentAt(byKey.get(key) ?? [], at.getTime())?.people ?? [];
      return people.map(({ member }) => ({ id: member, why: key }));
    },
  };
  const endings = endingsOf(facts.members);
  const used = schedulesOf(policies);
  const covered = schedules.map(({ id, key, segments, accepted }) => {
    const pieces = piecesOf(span, [...endings, ...segments.map(({ from }) => from)]);
    const gaps = gapsOf(key, { facts: all, pieces, accepted });
    return { id, used: used.has(key), gaps, minutes: minutesOf(gaps) };
  });
  const moments = schedules.flatMap(({ key, segments }) =>
    used.has(key) ? segments.map(({ from }) => from) : [],
  );
  const thin = thinOf(policies, all, piecesOf(span, [...endings, ...moments]));
  const ofProgram = minutesOf(covered.flatMap((one) => (one.used ? one.gaps : [])));
  return { schedules: covered, thin, minutes: { ...ofProgram, thin: minutesIn(thin) } };
}

/** Where nobody whom one timeline puts on call could be paged and take a case, gaps included. */
export function unanswered(
  segments: readonly Segment[],
  members: AnsweringFacts['members'],
): Interval[] {
  const [first, last] = [segments.at(0), segments.at(-1)];
  if (first === undefined || last === undefined) return [];
  const span = { from: first.from, to: last.to };
  const moments = [...endingsOf(members), ...segments.map(({ from }) => from)];
  const onCall: AnsweringFacts['onCall'] = (why, at) =>
    (segmentAt(segments, at.getTime()) as Segment).people.map(({ member }) => ({
      id: member,
      why,
    }));
  const facts = { zone: 'UTC', sessionHours: [], members, onCall };
  return union(gapsOf('any', { facts, pieces: piecesOf(span, moments), accepted: [] }));
}

/** When credentials end. */
const endingsOf = (members: AnsweringFacts['members']): number[] =>
  [...members.values()].flatMap(({ credentials }) =>
    credentials.map(({ until }) => until.getTime()),
  );

/** The schedules that a step pages, whatever the need and the hour. */
function schedulesOf(policies: CoverageAsked['policies']): Set<string> {
  const audiences = policies.flat().flatMap((step) => step.audiences);
  return new Set(
    audiences.flatMap((one) => (one !== 'backstop' && 'schedule' in one ? [one.schedule] : [])),
  );
}

/** What a schedule's own list accepts within a span. */
export function acceptedIn(
  { zone, acceptedGaps }: Pick<ScheduleBody, 'zone' | 'acceptedGaps'>,
  span: Interval,
): AcceptedStretch[] {
  return acceptedGaps.flatMap((one) => {
    const { acceptedBy: by, reason, everyWeek } = one;
    return acceptedTimes(zone, [one], span).map((times) => ({ ...times, by, reason, everyWeek }));
  });
}

function gapsOf(
  key: string,
  {
    facts,
    pieces,
    accepted,
  }: {
    facts: AnsweringFacts;
    pieces: readonly Interval[];
    accepted: readonly AcceptedStretch[];
  },
): Gap[] {
  const step = { audiences: [{ schedule: key }] };
  const gaps: Gap[] = [];
  for (const piece of pieces) {
    const why = whyNobody(chosenAt(step, facts, piece.from));
    if (why !== null) extend(gaps, { ...piece, why, accepted: null });
  }
  return gaps.flatMap((gap) => splitByAcceptance(gap, accepted));
}

const chosenAt = (step: Choosing, facts: AnsweringFacts, at: number): Choice =>
  choosePeople(step, facts, { needs: [], reach: 'tested' }, new Date(at));

const outOfReach: ReadonlySet<string> = new Set(['unreachable', 'test_failed']);

/** Null when somebody answers. */
function whyNobody({ people, leftOut }: Choice): GapReason | null {
  if (people.length > 0) return null;
  if (leftOut.length === 0) return 'nobody_scheduled';
  return leftOut.some(({ reason }) => outOfReach.has(reason))
    ? 'nobody_reachable'
    : 'nobody_eligible';
}

/** Accepted was that nobody is on call, never that whoever is cannot be reached. */
function splitByAcceptance(gap: Gap, accepted: readonly AcceptedStretch[]): Gap[] {
  if (gap.why !== 'nobody_scheduled') return [gap];
  const parts: Gap[] = [];
  let left: Gap[] = [gap];
  for (const { from, to, by, reason, everyWeek } of accepted) {
    const taken = intersect(left, [{ from, to }]);
    parts.push(...taken.map((part) => ({ ...part, accepted: { by, reason, everyWeek } })));
    left = subtract(left, taken).map((part) => ({ ...gap, ...part }));
  }
  return [...parts, ...left].toSorted((one, other) => one.from - other.from);
}

function thinOf(
  policies: CoverageAsked['policies'],
  facts: AnsweringFacts,
  pieces: readonly Interval[],
): ThinStretch[] {
  // What the backstop, a need, an hour or a participant adds is not there for everybody.
  const steps = policies.map((policy) =>
    policy
      .flatMap(({ audiences }) => audiences)
      .filter((one) => one !== 'backstop' && isUnconditional(one)),
  );
  const different = new Map(steps.map((audiences) => [JSON.stringify(audiences), { audiences }]));
  const thin: ThinStretch[] = [];
  for (const piece of pieces) {
    const counts = [...different.values()].map(
      (step) => chosenAt(step, facts, piece.from).people.length,
    );
    const people = Math.min(...counts);
    if (people >= peopleMin) continue;
    const last = thin.at(-1);
    if (last?.to === piece.from && last.people === people) last.to = piece.to;
    else thin.push({ ...piece, people });
  }
  return thin;
}

/** The span, cut wherever the answer may change. */
function piecesOf(span: Interval, moments: readonly number[]): Interval[] {
  const within = moments.filter((at) => span.from < at && at < span.to);
  const ordered = [...new Set([span.from, ...within, span.to])].toSorted((a, b) => a - b);
  return ordered.slice(1).map((to, at) => ({ from: ordered[at] as number, to }));
}

function extend(gaps: Gap[], next: Gap): void {
  const last = gaps.at(-1);
  if (last?.to === next.from && last.why === next.why) last.to = next.to;
  else gaps.push(next);
}

function minutesOf(gaps: readonly Gap[]): GapMinutes {
  const open = union(gaps.filter(({ accepted }) => accepted === null));
  const accepted = union(gaps.filter((gap) => gap.accepted !== null));
  return { gap: minutesIn(open), acceptedGap: minutesIn(subtract(accepted, open)) };
}

function minutesIn(intervals: readonly Interval[]): number {
  return Math.round(intervals.reduce((sum, { from, to }) => sum + to - from, 0) / minuteMs);
}
