import type { CaseState, ContactOutcome, DispositionCode } from '../../cases/rules/case.js';
import type { Acuity } from '../../cases/rules/policy.js';
import type { FollowUp } from '../../followup/follow-up.service.js';

export type ContactKind = Parameters<FollowUp['logContact']>[2]['kind'];

export const acuityWords: Readonly<Record<Acuity, string>> = {
  EMERGENT: 'Emergent',
  URGENT: 'Urgent',
  PRIORITY: 'Priority',
  ROUTINE: 'Routine',
};

export const stateWords: Readonly<Record<CaseState, string>> = {
  open: 'Opening',
  paging: 'Paging',
  acknowledged: 'Acknowledged',
  in_contact: 'In contact',
  disposed: 'Disposed',
  follow_up: 'Follow-up',
  closed: 'Closed',
};

export const contactWords: Readonly<Record<ContactKind, string>> = {
  call: 'Call',
  text: 'Text',
  video: 'Video',
  in_person: 'In person',
  support_contact: 'Through a support contact',
};

export const outcomeWords: Readonly<Record<ContactOutcome, string>> = {
  reached: 'Reached them',
  no_answer: 'No answer',
  voicemail: 'Voicemail',
  wrong_number: 'Wrong number',
  refused: 'They did not want to talk',
  sent: 'Sent, no reply yet',
};

export const dispositionWords: Readonly<Record<DispositionCode, string>> = {
  supported_by_phone: 'Supported by phone',
  emergency_session_held: 'Emergency session held',
  safety_plan_made_or_reviewed: 'Safety plan made or reviewed',
  connected_988_or_crisis_line: 'Connected to 988 or a crisis line',
  mobile_crisis_sent: 'Mobile crisis team sent',
  ED_voluntary: 'Emergency department, voluntary',
  EMS_voluntary: 'Ambulance, voluntary',
  active_rescue_involuntary: 'Active rescue, involuntary',
  support_contact_engaged: 'Support contact engaged',
  guardian_engaged: 'Guardian engaged',
  medication_consult: 'Medication consult',
  next_day_appointment: 'Next-day appointment',
  unable_to_reach_closed_by_supervisor: 'Unable to reach (supervisors only)',
  not_a_participant_referred: 'Not a participant, referred',
  wrong_number: 'Wrong number',
  test_or_drill: 'Test or drill',
  entered_in_error: 'Entered in error',
};

/** `supported_by_phone` as people read it. */
export function inWords(code: string): string {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The words for a code; one without words of its own is spelled out. */
export const wordsFor = (words: Readonly<Record<string, string>>, code: string): string =>
  words[code] ?? inWords(code);
