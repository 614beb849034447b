import type { Audience } from '../../../oncall/rules/answering/audience.js';
import type { Policy } from '../policy.js';
import type { Case, Decision, Effect } from '../case.js';
import { quietUntil } from '../quiet.js';
import { acuityPolicy, after, move, stay, withOccasion } from './decision.js';

type Position = { round: number; step: number };
type PageEffect = Extract<Effect, { type: 'page' }>;
type PageReason = PageEffect['reason'];
type Whom = Pick<PageEffect, 'audiences' | 'prefer'>;

/** What ends with the hands of an owner. */
const noOwner = {
  ownerId: null,
  leaseUntil: null,
  leaseWarnedAt: null,
  ownerPagedAt: null,
  handOverTo: null,
  remindersSent: 0,
} as const satisfies Partial<Case>;

/** The first page of a case; a `quiet` one may wait for the morning. */
export function openCase(now: Date, policy: Policy, current: Case, quiet: boolean): Decision {
  const hours = policy.acuities.ROUTINE.quietHours;
  if (quiet && current.acuity === 'ROUTINE' && hours !== undefined) {
    const until = quietUntil(now, policy.zone, hours);
    if (until !== null)
      return move({ ...current, state: 'paging', dueAt: until }, [], 'quiet_hours');
  }
  return pageNextStep(now, policy, current, 'opened');
}

/** Back to or on with paging: the step after the current one, the backstop after the last. */
export function pageNextStep(now: Date, policy: Policy, current: Case, reason: string): Decision {
  return pageAt(now, policy, current, nextPosition(policy, current), reason);
}

/** A new round from the first step. */
export function pageFromStart(now: Date, policy: Policy, current: Case, reason: string): Decision {
  return pageAt(now, policy, current, { round: current.round + 1, step: 0 }, reason);
}

/**
 * Wider than before: a new round that pages every step up to the next one at once, whomever a step
 * would rather.
 */
export function pageWider(now: Date, policy: Policy, current: Case, reason: string): Decision {
  const { steps } = acuityPolicy(policy, current);
  const step = Math.min((current.step ?? -1) + 1, steps.length - 1);
  const audiences = distinct(steps.slice(0, step + 1).flatMap((each) => each.audiences));
  const next = paging(now, policy, current, { round: current.round + 1, step });
  return move(next, [stepPage(next, { audiences }, 'wider')], reason);
}

/** What was just paged reached nobody. Ends at the backstop, so never a loop. */
export function passOverNobody(now: Date, policy: Policy, current: Case, aside: boolean): Decision {
  const { length } = acuityPolicy(policy, current).steps;
  if (current.state === 'paging' && current.step !== length && !aside) {
    return pageNextStep(now, policy, current, 'nobody_reachable');
  }
  return move(current, [{ type: 'open_alarm', kind: 'nobody_reachable' }], 'nobody_reachable');
}

/**
 * What was just to be paged is not meant for this case: on to the next step, and no alarm. The
 * backstop is always meant, so never a loop.
 */
export function passOverUnmeant(now: Date, policy: Policy, current: Case): Decision {
  if (current.step === acuityPolicy(policy, current).steps.length) return stay(current, 'backstop');
  if (current.state === 'paging') return pageNextStep(now, policy, current, 'nobody_meant');
  if (current.state === 'in_contact') return reinforce(policy, current, 'nobody_meant');
  return stay(current, 'not_paged');
}

/** A person forces the next step; the step they saw guards against forcing it twice. */
export function escalate(now: Date, policy: Policy, current: Case, seen: number | null): Decision {
  if (current.state === 'disposed' || current.state === 'follow_up')
    return stay(current, 'not_open');
  if (seen !== current.step) return stay(current, 'step_moved');
  if (current.state === 'in_contact') return reinforce(policy, current, 'escalated');
  return pageNextStep(now, policy, current, 'escalated');
}

/** Whom a step pages at the acuity of the case. */
export function whomOf(policy: Policy, current: Case, step: number): Whom {
  const { audiences = ['backstop' as const], prefer } =
    acuityPolicy(policy, current).steps[step] ?? {};
  return { audiences, ...(prefer && { prefer }) };
}

/** More people beside an owner who is in contact and stays the owner. */
function reinforce(policy: Policy, current: Case, why: string): Decision {
  const step = Math.min((current.step ?? -1) + 1, acuityPolicy(policy, current).steps.length);
  const { next, occasion } = withOccasion({ ...current, step }, 'wider');
  const whom = whomOf(policy, next, step);
  return move(next, [{ type: 'page', ...whom, occasion, reason: 'wider' }], why);
}

function nextPosition(policy: Policy, current: Case): Position {
  if (current.step === null) return { round: current.round, step: 0 };
  return current.step < acuityPolicy(policy, current).steps.length
    ? { round: current.round, step: current.step + 1 }
    : { round: current.round + 1, step: 0 };
}

function pageAt(now: Date, policy: Policy, current: Case, to: Position, reason: string): Decision {
  const next = paging(now, policy, current, to);
  const effects: Effect[] = [stepPage(next, whomOf(policy, next, to.step), 'step')];
  if (to.step === acuityPolicy(policy, next).steps.length) {
    next.exhaustedAt ??= now;
    effects.push({ type: 'open_alarm', kind: 'exhausted' });
  }
  return move(next, effects, reason);
}

function paging(now: Date, policy: Policy, current: Case, { round, step }: Position): Case {
  const { steps, roundAgainSeconds } = acuityPolicy(policy, current);
  const waitSeconds = steps[step]?.waitSeconds ?? roundAgainSeconds;
  const dueAt = after(now, waitSeconds);
  return { ...current, ...noOwner, state: 'paging', round, step, dueAt };
}

/** Round and step only ever rise together in order, so the pair names an occasion once. */
function stepPage(next: Case, whom: Whom, reason: PageReason): Effect {
  return { type: 'page', ...whom, occasion: `r${next.round}s${next.step}`, reason };
}

function distinct(audiences: Audience[]): Audience[] {
  return [...new Map(audiences.map((each) => [JSON.stringify(each), each])).values()];
}
