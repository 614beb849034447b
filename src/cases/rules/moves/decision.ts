import type { AcuityPolicy, Policy } from '../policy.js';
import type { Case, Decision, Effect } from '../case.js';

/** The case moves to `next`. */
export function move(next: Case, effects: Effect[], reason: string): Decision {
  return { next, effects, reason, changed: true };
}

/** Nothing changes; for a human act a refusal with `reason` as its code. */
export function stay(current: Case, reason: string): Decision {
  return { next: current, effects: [], reason, changed: false };
}

export function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}

/** The earlier of two moments, where the first may not be set. */
export function earlier(one: Date | null, other: Date): Date {
  return one !== null && one < other ? one : other;
}

export function acuityPolicy(policy: Policy, current: Case): AcuityPolicy {
  return policy.acuities[current.acuity];
}

/** The words that name occasions outside the steps; a counter follows each. */
type OccasionWord = 'wider' | 'asked' | 'lease' | 'reminder' | 'handover' | 'dispatch';

/** The case with its counter raised, and the occasion that counter names. */
export function withOccasion(current: Case, word: OccasionWord): { next: Case; occasion: string } {
  const occasionCount = current.occasionCount + 1;
  return { next: { ...current, occasionCount }, occasion: `${word}-${occasionCount}` };
}
