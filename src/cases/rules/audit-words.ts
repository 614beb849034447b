/** The audit log's word for each reason a case moved; what is not listed is a step of paging. */
const actions = {
  opened: 'case.opened',
  quiet_hours: 'case.opened',
  acknowledged: 'case.acknowledged',
  handed_over: 'case.handed_over',
  hand_over_offered: 'case.hand_over_offered',
  hand_over_declined: 'case.declined',
  declined: 'case.declined',
  escalated: 'case.escalated',
  lease_warned: 'case.lease_warned',
  lease_expired: 'case.lease_expired',
  contact_attempted: 'case.contact_logged',
  contact_reached: 'case.contact_logged',
  contact_recorded: 'case.contact_logged',
  acuity_raised: 'case.acuity_changed',
  acuity_lowered: 'case.acuity_changed',
  withdrew: 'case.withdrew',
  dispatched: 'case.dispatched',
  dispatch_settled: 'case.dispatch_settled',
  dispatch_reminded: 'case.reminded',
  disposed: 'case.disposed',
  follow_up_set: 'case.follow_up_set',
  closed: 'case.closed',
  reminded: 'case.reminded',
  asked_again: 'case.asked_again',
} as const;

export type CaseAction = (typeof actions)[keyof typeof actions] | 'case.step_paged';

export function actionFor(reason: string): CaseAction {
  return Object.hasOwn(actions, reason)
    ? actions[reason as keyof typeof actions]
    : 'case.step_paged';
}
