import type { Acuity, Policy } from './policy.js';
import type { Case, CaseEvent, Decision } from './case.js';
import { changeAcuity } from './moves/acuity-change.js';
import { close, dispose, setFollowUp } from './moves/closing.js';
import { logContact } from './moves/contact.js';
import { move, stay } from './moves/decision.js';
import { dispatch, remindOfDispatch, settleDispatch } from './moves/dispatch.js';
import { lookAtLease } from './moves/lease.js';
import {
  escalate,
  openCase,
  pageNextStep,
  passOverNobody,
  passOverUnmeant,
} from './moves/paging-steps.js';
import { remind } from './moves/reminders.js';
import { repeatFlag } from './moves/repeat.js';
import { decline, offerHandOver, take } from './moves/take.js';

/** A case as it is before its first decision, which belongs to the same transaction. */
export function startCase(now: Date, acuity: Acuity): Case {
  return {
    state: 'open',
    acuity,
    step: null,
    round: 0,
    dueAt: now,
    dispatchDueAt: null,
    ownerId: null,
    leaseUntil: null,
    leaseWarnedAt: null,
    ownerPagedAt: null,
    contactAttemptedAt: null,
    handOverTo: null,
    remindersSent: 0,
    occasionCount: 0,
    exhaustedAt: null,
    unreachableAt: null,
    dispatchedAt: null,
    transferredAt: null,
    withdrewAt: null,
  };
}

/** Moves one case forward. Pure, so any night on call can be replayed from the audit log. */
export function decide(now: Date, policy: Policy, current: Case, event: CaseEvent): Decision {
  if (current.state === 'closed') {
    return stay(current, event.type === 'flag_repeated' ? 'new_case' : 'already_closed');
  }
  if (event.type === 'due') return lookAgain(now, policy, current);
  if (event.type === 'opened') {
    if (current.state !== 'open') return stay(current, 'already_opened');
    return openCase(now, policy, current, event.quiet);
  }
  if (current.state === 'open') return stay(current, 'not_opened');
  return answer(now, policy, current, event);
}

/** The alarm clock of the case rang. */
function lookAgain(now: Date, policy: Policy, current: Case): Decision {
  if (current.dispatchDueAt !== null && now >= current.dispatchDueAt) {
    return remindOfDispatch(now, current);
  }
  // A clock that is not set is a damaged row: it is due at once rather than never.
  if (current.dueAt !== null && now < current.dueAt) return stay(current, 'not_due');
  const { state } = current;
  if (state === 'acknowledged') return lookAtLease(now, policy, current);
  if (state === 'in_contact' || state === 'disposed' || state === 'follow_up') {
    return remind(now, policy, current, state);
  }
  return pageNextStep(now, policy, current, 'step_timed_out');
}

/** What people did, and what became of the pages. */
function answer(
  now: Date,
  policy: Policy,
  current: Case,
  event: Exclude<CaseEvent, { type: 'due' | 'opened' }>,
): Decision {
  switch (event.type) {
    case 'nobody_reachable':
      return passOverNobody(now, policy, current, event.aside === true);
    case 'nobody_meant':
      return passOverUnmeant(now, policy, current);
    case 'acknowledged':
      return take(now, policy, current, event.by);
    case 'declined':
      return decline(now, policy, current, event.by);
    case 'escalated':
      return escalate(now, policy, current, event.expectedStep);
    case 'contact_logged':
      return logContact(now, policy, current, event);
    case 'acuity_changed':
      return changeAcuity(now, policy, current, event);
    case 'hand_over_offered':
      return offerHandOver(current, event.to);
    case 'flag_repeated':
      return repeatFlag(now, policy, current, event.acuity);
    case 'withdrew':
      return move({ ...current, withdrewAt: now }, [], 'withdrew');
    case 'dispatched':
      return dispatch(now, current, event.confirmed);
    case 'dispatch_settled':
      return settleDispatch(current, event.outstanding);
    case 'disposed':
      return dispose(now, policy, current, event);
    case 'follow_up_set':
      return setFollowUp(now, policy, current, event.at);
    case 'closed':
      return close(current);
  }
}
