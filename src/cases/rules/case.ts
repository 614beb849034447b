import type { Audience, Preference } from '../../oncall/rules/answering/audience.js';
import type { Acuity } from './policy.js';

export const caseStates = [
  'open',
  'paging',
  'acknowledged',
  'in_contact',
  'disposed',
  'follow_up',
  'closed',
] as const;
export type CaseState = (typeof caseStates)[number];

/** What the rules know of a case. Ids are opaque. */
export interface Case {
  state: CaseState;
  acuity: Acuity;
  /** The step now waited on, from 0; `steps.length` is the backstop; null before the first page. */
  step: number | null;
  /** Times the policy was begun, from 0; rises with each re-page so that occasions never repeat. */
  round: number;
  /** When the case is next looked at by itself; null only when closed. */
  dueAt: Date | null;
  /** When a dispatch that nobody has confirmed is next asked after; null when there is none. */
  dispatchDueAt: Date | null;
  ownerId: string | null;
  /** Until when the acknowledgement holds without a contact attempt. */
  leaseUntil: Date | null;
  leaseWarnedAt: Date | null;
  /** Last time the owner was paged because the participant asked again. */
  ownerPagedAt: Date | null;
  contactAttemptedAt: Date | null;
  /** Offered to, not yet accepted by. */
  handOverTo: string | null;
  /** Reminders sent since the state was entered. */
  remindersSent: number;
  /** Occasions used besides those of the steps, from 0; only rises, so that none repeats. */
  occasionCount: number;
  exhaustedAt: Date | null;
  unreachableAt: Date | null;
  dispatchedAt: Date | null;
  transferredAt: Date | null;
  withdrewAt: Date | null;
}

export type ContactOutcome =
  'reached' | 'no_answer' | 'voicemail' | 'wrong_number' | 'refused' | 'sent';

export type DispositionCode =
  | 'supported_by_phone'
  | 'emergency_session_held'
  | 'safety_plan_made_or_reviewed'
  | 'connected_988_or_crisis_line'
  | 'mobile_crisis_sent'
  | 'ED_voluntary'
  | 'EMS_voluntary'
  | 'active_rescue_involuntary'
  | 'support_contact_engaged'
  | 'guardian_engaged'
  | 'medication_consult'
  | 'next_day_appointment'
  | 'unable_to_reach_closed_by_supervisor'
  | 'not_a_participant_referred'
  | 'wrong_number'
  | 'test_or_drill'
  | 'entered_in_error';

/**
 * `quiet` is true only for a ROUTINE flag with a need that the policy lets wait. `aside`: the page
 * that reached nobody was not the one that paging waits on. `nobody_meant`: what was to be paged is
 * not for the need, the hour or the participant of this case, so that nobody is missing.
 */
export type CaseEvent =
  | { type: 'opened'; quiet: boolean }
  | { type: 'due' }
  | { type: 'nobody_reachable'; aside?: boolean }
  | { type: 'nobody_meant' }
  | { type: 'acknowledged'; by: string }
  | { type: 'declined'; by: string }
  | { type: 'escalated'; expectedStep: number | null }
  | { type: 'contact_logged'; by: string; withParticipant: boolean; outcome: ContactOutcome }
  | { type: 'acuity_changed'; acuity: Acuity; by: string; mayLower: boolean }
  | { type: 'hand_over_offered'; to: string }
  | { type: 'flag_repeated'; acuity: Acuity }
  | { type: 'withdrew' }
  | { type: 'dispatched'; confirmed: boolean }
  | { type: 'dispatch_settled'; outstanding: number }
  | { type: 'disposed'; code: DispositionCode; supervisor: boolean }
  | { type: 'follow_up_set'; at: Date | null }
  | { type: 'closed' };

export type Effect =
  | {
      type: 'page';
      audiences: Audience[];
      /** Of those who may answer, whom rather. */
      prefer?: Preference[];
      /** Unique within the case; a person is paged once per occasion. */
      occasion: string;
      reason: 'step' | 'wider' | 'asked_again' | 'unattended';
    }
  | { type: 'page_person'; staffId: string; occasion: string; reason: PersonPageReason }
  | { type: 'withdraw_pages' }
  | { type: 'open_alarm'; kind: 'exhausted' | 'nobody_reachable' };

type PersonPageReason = 'lease_warning' | 'asked_again' | 'reminder' | 'hand_over';

export interface Decision {
  next: Case;
  effects: Effect[];
  /** Why, as a stable word: the audit log keeps it, a refused act answers with it. */
  reason: string;
  /** False: nothing changed. For a human act this is a refusal, `reason` its code. */
  changed: boolean;
}
