import { type ReportedAcuity, targets } from './targets.js';

/** What of an open case tells how close it is to being late. */
export interface Watched {
  state: string;
  acuity: ReportedAcuity;
  openedAt: Date;
  exhaustedAt: Date | null;
  leaseUntil: Date | null;
  dueAt: Date | null;
}

/** When the case is late: unanswered past its target, a lease run out, a reminder overdue. */
export function breachAt({ state, acuity, openedAt, leaseUntil, dueAt }: Watched): Date {
  if (state === 'acknowledged' && leaseUntil !== null) return leaseUntil;
  if (isWaiting(state) || dueAt === null) {
    return new Date(openedAt.getTime() + targets[acuity].acknowledged * 1_000);
  }
  return dueAt;
}

/** Exhausted first, then whoever waits for a human, then the rest; each by the time left. */
export function byBreachRisk(one: Watched, other: Watched): number {
  const rank = rankOf(one) - rankOf(other);
  return rank === 0 ? breachAt(one).getTime() - breachAt(other).getTime() : rank;
}

function rankOf({ state, exhaustedAt }: Watched): number {
  if (isWaiting(state)) return exhaustedAt === null ? 1 : 0;
  if (state === 'acknowledged') return 1;
  return state === 'in_contact' ? 2 : 3;
}

const isWaiting = (state: string): boolean => state === 'open' || state === 'paging';
