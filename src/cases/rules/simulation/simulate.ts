import {
  type AnsweringFacts,
  choosePeople,
} from '../../../oncall/rules/answering/choose-people.js';
import type { Preference } from '../../../oncall/rules/answering/audience.js';
import type { Need } from '../../../programs/rules/needs.js';
import type { Case, Decision, Effect } from '../case.js';
import { decide, startCase } from '../decide.js';
import { type Acuity, isHigher, type Policy } from '../policy.js';

/** What decides about pages, as things stand. */
export interface World {
  policy: Policy;
  facts: AnsweringFacts;
}

export interface SimulatedFlag {
  acuity: Acuity;
  need: Need | null;
  /** Milliseconds since 1970. */
  at: number;
}

export interface SimulatedPage {
  at: number;
  /** From 0. */
  round: number;
  /** From 0; the number of steps is the backstop. */
  step: number;
  person: string;
  why: string;
  /** What of the step's preferences nobody satisfies. */
  dropped: readonly Preference[];
}

/** A step that reached nobody and was passed over at once. */
interface SimulatedSkip {
  at: number;
  round: number;
  step: number;
}

export interface Simulation {
  /** By their beginning. */
  pages: SimulatedPage[];
  skipped: SimulatedSkip[];
  alarms: { at: number; kind: 'exhausted' | 'nobody_reachable' }[];
  /** When the first round was over and the steps began again; null: not within the time played. */
  roundAgainAt: number | null;
}

interface Play {
  world: World;
  needs: Need[];
  result: Simulation;
}

/** As intake counts a stated acuity: a low one only with a need for which the policy lets it. */
export function countedAs({ lowAcuityNeeds }: Policy, stated: Acuity, need: Need | null): Acuity {
  if (!isHigher('URGENT', stated)) return stated;
  return need !== null && need !== 'crisis' && lowAcuityNeeds.includes(need) ? stated : 'URGENT';
}

/** No policy can make more decisions than this in the time played. */
const decisionsMax = 500;

/**
 * What would happen to a flag that nobody ever answers, played by the rules that decide about real
 * ones, up to `until` in milliseconds since 1970 or the beginning of the second round.
 */
export function simulate(world: World, flag: SimulatedFlag, until: number): Simulation {
  const result: Simulation = { pages: [], skipped: [], alarms: [], roundAgainAt: null };
  const play: Play = { world, needs: flag.need === null ? [] : [flag.need], result };
  const quiet =
    flag.acuity === 'ROUTINE' &&
    flag.need !== null &&
    world.policy.lowAcuityNeeds.includes(flag.need);
  let now = flag.at;
  let current = startCase(new Date(now), flag.acuity);
  current = carryOut(
    play,
    now,
    decide(new Date(now), world.policy, current, { type: 'opened', quiet }),
  );
  for (let count = 0; count < decisionsMax && current.dueAt !== null; count += 1) {
    now = current.dueAt.getTime();
    if (now >= until) break;
    const decision = decide(new Date(now), world.policy, current, { type: 'due' });
    if (decision.next.round > 0) {
      result.roundAgainAt = now;
      break;
    }
    current = carryOut(play, now, decision);
  }
  return result;
}

function carryOut(play: Play, now: number, { next, effects }: Decision): Case {
  let current = next;
  for (const effect of effects) {
    if (effect.type === 'open_alarm') play.result.alarms.push({ at: now, kind: effect.kind });
    if (effect.type !== 'page') continue;
    const missing = pageStep(play, now, current, effect);
    if (missing === null) continue;
    const event = { type: missing } as const;
    current = carryOut(play, now, decide(new Date(now), play.world.policy, current, event));
  }
  return current;
}

/** What follows when nobody could be paged; null otherwise. */
function pageStep(
  { world, needs, result }: Play,
  at: number,
  { round, step }: Case,
  choosing: Extract<Effect, { type: 'page' }>,
): 'nobody_reachable' | 'nobody_meant' | null {
  const { people, dropped, applies } = choosePeople(choosing, world.facts, { needs }, new Date(at));
  const place = { at, round, step: step ?? 0 };
  for (const { id, why } of people) {
    result.pages.push({ ...place, person: id, why, dropped });
  }
  if (people.length > 0) return null;
  if (!applies) return 'nobody_meant';
  result.skipped.push(place);
  return 'nobody_reachable';
}
