import type { Audience, Preference } from '../../oncall/rules/answering/audience.js';
import type { SessionHours } from '../../oncall/rules/answering/session-hours.js';
import type { Need } from '../../programs/rules/needs.js';

export const acuities = ['EMERGENT', 'URGENT', 'PRIORITY', 'ROUTINE'] as const;
export type Acuity = (typeof acuities)[number];

/** Order in which pages are sent: 1 goes first. */
export function pagePriority(acuity: Acuity): number {
  return acuities.indexOf(acuity) + 1;
}

export function isHigher(acuity: Acuity, than: Acuity): boolean {
  return pagePriority(acuity) < pagePriority(than);
}

export function higherAcuity(one: Acuity, other: Acuity): Acuity {
  return isHigher(other, one) ? other : one;
}

/** Whom a step pages, and how long it is waited for them. */
interface PolicyStep {
  audiences: Audience[];
  /** Of those who may answer, whom rather. */
  prefer?: Preference[] | undefined;
  waitSeconds: number;
}

export interface QuietHours {
  /** Local times `HH:MM` in the program's zone; may run over midnight. */
  from: string;
  to: string;
}

export interface AcuityPolicy {
  /** At least one. */
  steps: PolicyStep[];
  /** How long the backstop has before the round starts again, at most 300. */
  roundAgainSeconds: number;
  /** How long an acknowledgement holds without a contact attempt. */
  leaseSeconds: number;
  /** Only for ROUTINE, and only for a flag with a `need`. */
  quietHours?: QuietHours;
}

/** A snapshot is kept on each case when it opens: a running case keeps its version. */
export interface Policy {
  version: number;
  /** IANA zone of the program. */
  zone: string;
  acuities: Record<Acuity, AcuityPolicy>;
  /** Needs for which a stated PRIORITY or ROUTINE counts; for every other flag it does not. */
  lowAcuityNeeds: Need[];
  /** When the program is in session; none where it does not say. */
  sessionHours?: SessionHours[] | undefined;
  reminders: { inContactSeconds: number; disposedSeconds: number; followUpSeconds: number };
}
