import type { CaseState } from '../../cases/rules/case.js';
import type { Acuity, Policy } from '../../cases/rules/policy.js';

/** What of a case its participant may be told: no names, nothing clinical. */
export interface CaseProgress {
  state: CaseState;
  acuity: Acuity;
  step: number | null;
  round: number;
  policy: Policy;
  dueAt: Date | null;
  openedAt: Date;
  leaseUntil: Date | null;
  acknowledgedAt: Date | null;
  contactAttemptedAt: Date | null;
  /** Different people to whom at least one page was sent. */
  peopleTried: number;
  /** Whether a page of the present step was sent and still stands. */
  stepIsLive: boolean;
}

type RoleWord = 'on_call' | 'backup' | 'supervisor' | 'backstop';

/** How a request stands, as far as it is true. */
export type RequestStatus =
  | { type: 'accepted' }
  | { type: 'quiet'; until: Date }
  | { type: 'waiting'; people: number; minutes: number; next: RoleWord }
  | { type: 'exhausted'; backup: boolean }
  | { type: 'passed_on'; next: RoleWord }
  | { type: 'acknowledged'; until: Date }
  | { type: 'attempted'; at: Date; until: Date }
  | { type: 'in_contact' }
  | { type: 'over' };

export function describeStatus(now: Date, progress: CaseProgress): RequestStatus {
  const { state, leaseUntil } = progress;
  if (state === 'in_contact') return { type: 'in_contact' };
  if (state === 'acknowledged') return promised(progress, leaseUntil ?? now);
  if (state === 'open' || state === 'paging') return looking(now, progress);
  return { type: 'over' };
}

function promised(
  { contactAttemptedAt, acknowledgedAt }: CaseProgress,
  until: Date,
): RequestStatus {
  const tried = contactAttemptedAt !== null && contactAttemptedAt >= (acknowledgedAt ?? until);
  return tried
    ? { type: 'attempted', at: contactAttemptedAt, until }
    : { type: 'acknowledged', until };
}

/** By where the present round stands: what was before it is over. */
function looking(now: Date, progress: CaseProgress): RequestStatus {
  const { policy, acuity, step, round, dueAt, acknowledgedAt, peopleTried } = progress;
  if (step === null) return dueAt === null ? { type: 'accepted' } : { type: 'quiet', until: dueAt };
  if (step >= policy.acuities[acuity].steps.length) {
    return { type: 'exhausted', backup: progress.stepIsLive };
  }
  if (acknowledgedAt !== null) return { type: 'passed_on', next: nextRole(progress) };
  const minutes = minutesBetween(progress.openedAt, now);
  if (minutes === 0 || (step === 0 && round === 0)) return { type: 'accepted' };
  if (peopleTried === 0) return { type: 'exhausted', backup: false };
  return { type: 'waiting', people: peopleTried, minutes, next: nextRole(progress) };
}

/** Who is asked when the present step has passed; after the last step everything begins anew. */
function nextRole({ policy, acuity, step }: CaseProgress): RoleWord {
  const { steps } = policy.acuities[acuity];
  const next = step === null || step >= steps.length ? 0 : step + 1;
  const audiences = steps[next]?.audiences ?? ['backstop'];
  if (next === 0) return 'on_call';
  for (const audience of audiences) {
    if (audience === 'backstop') return 'backstop';
    if ('role' in audience && audience.role === 'supervisor') return 'supervisor';
  }
  return 'backup';
}

export const minutesBetween = (from: Date, to: Date): number =>
  Math.max(0, Math.floor((to.getTime() - from.getTime()) / 60_000));
