import { z } from 'zod';
import type { ContactOutcome, DispositionCode } from '../cases/rules/case.js';

const words = z.string().trim().min(1).max(4_000);
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const contactKinds = ['call', 'text', 'video', 'in_person', 'support_contact'] as const;

const contactOutcomes = [
  'reached',
  'no_answer',
  'voicemail',
  'wrong_number',
  'refused',
  'sent',
] as const satisfies readonly ContactOutcome[];

export const dispositionCodes = [
  'supported_by_phone',
  'emergency_session_held',
  'safety_plan_made_or_reviewed',
  'connected_988_or_crisis_line',
  'mobile_crisis_sent',
  'ED_voluntary',
  'EMS_voluntary',
  'active_rescue_involuntary',
  'support_contact_engaged',
  'guardian_engaged',
  'medication_consult',
  'next_day_appointment',
  'unable_to_reach_closed_by_supervisor',
  'not_a_participant_referred',
  'wrong_number',
  'test_or_drill',
  'entered_in_error',
] as const satisfies readonly DispositionCode[];

export const LogContact = z.strictObject({
  kind: z.enum(contactKinds),
  outcome: z.enum(contactOutcomes),
  /** Which of the person's numbers it was; a wrong one is marked. */
  contactPoint: z.uuid().optional(),
  note: words.optional(),
});
export type LogContact = z.infer<typeof LogContact>;

export const Dispose = z.strictObject({
  code: z.enum(dispositionCodes),
  note: words.optional(),
});
export type Dispose = z.infer<typeof Dispose>;

/** Either when, or that there is none and why. */
export const DecideFollowUp = z.union([
  z.strictObject({ at: moment }),
  z.strictObject({ none: z.literal(true), reason: words }),
]);
export type DecideFollowUp = z.infer<typeof DecideFollowUp>;

/** Who was sent, and what was tried before. Recorded by a human; nobody is dialed by it. */
export const RecordDispatch = z.strictObject({
  agency: words,
  /** As dialed by the clinician, such as a ten-digit answering point. */
  number: z.string().trim().min(2).max(30),
  consent: z.enum(['yes', 'no', 'unable']),
  alternativesTried: words.optional(),
  attemptInProgress: z.boolean().optional(),
  locationGiven: words.optional(),
  spokenTo: words.optional(),
  arrivalConfirmedAt: moment.optional(),
});
export type RecordDispatch = z.infer<typeof RecordDispatch>;

/** That they reached the person, now by default; or why a supervisor asks no more. */
export const SettleDispatch = z.union([
  z.strictObject({ arrivedAt: moment.optional() }),
  z.strictObject({ waive: z.literal(true), reason: words }),
]);
export type SettleDispatch = z.infer<typeof SettleDispatch>;

export const CloseCase = z.strictObject({});
