import type { CaseFlag } from '../../intake/case-flags.service.js';

/** Where a flag came from. */
export const sourceWords: Readonly<Record<string, string>> = {
  app_button: 'Button in the app',
  help_page: 'Help page',
  sms: 'Text message',
  phone: 'Phone call',
  checkin_missed: 'Missed check-in',
  screener: 'Screener',
  facilitator: 'Facilitator of a session',
  third_party: 'Somebody else',
  partner_api: 'Another system',
};

/** Why a flag got its acuity. */
export const reasonWords: Readonly<Record<string, string>> = {
  unknown: 'nothing was said of danger, so it counts as urgent',
  self_harm_now: 'hurting themselves, or about to',
  attempt_reported: 'an attempt was reported',
  means_at_hand: 'means at hand',
  about_to: 'now',
  high_risk_soon: 'high risk, and soon',
  stated_emergent: 'stated as emergent',
  stated_urgent: 'stated as urgent',
  stated_priority: 'stated as priority',
  stated_routine: 'stated as routine',
  danger_stated: 'danger was stated',
  need_crisis: 'a crisis was stated',
  repeated: 'asked before within 24 hours',
  minor: 'a minor',
  cssrs_high: 'C-SSRS high',
  cssrs_moderate: 'C-SSRS moderate',
  cssrs_low: 'C-SSRS low',
  phq9_item9_daily: 'PHQ-9 item 9 nearly every day',
  phq9_item9_some_days: 'PHQ-9 item 9 on some days',
  screener_unfinished: 'screener not finished',
  checkin_missed: 'missed check-in',
};

export const needWords: Readonly<Record<NonNullable<CaseFlag['need']>, string>> = {
  crisis: 'Crisis',
  coaching: 'Coaching',
  medication: 'Medication',
  session: 'Session',
};
