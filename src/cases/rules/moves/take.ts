import type { Policy } from '../policy.js';
import type { Case, Decision } from '../case.js';
import { after, move, stay, withOccasion } from './decision.js';
import { holdLease } from './lease.js';
import { pageNextStep } from './paging-steps.js';

/** One owner at a time: the first takes the case, others are told who has it. */
export function take(now: Date, policy: Policy, current: Case, by: string): Decision {
  if (current.state === 'paging') return own(now, policy, current, by, 'acknowledged');
  if (current.ownerId === by) return stay(current, 'already_yours');
  if (current.handOverTo === by) return own(now, policy, current, by, 'handed_over');
  return stay(current, 'already_acknowledged');
}

export function offerHandOver(current: Case, to: string): Decision {
  if (current.state === 'disposed' || current.state === 'follow_up')
    return stay(current, 'not_open');
  if (current.state === 'paging') return stay(current, 'not_acknowledged');
  if (current.ownerId === to) return stay(current, 'already_yours');
  const { next, occasion } = withOccasion({ ...current, handOverTo: to }, 'handover');
  const reason = 'hand_over';
  return move(next, [{ type: 'page_person', staffId: to, occasion, reason }], 'hand_over_offered');
}

/** Not me: the next step now. Who passed is kept out of later pages by the caller. */
export function decline(now: Date, policy: Policy, current: Case, by: string): Decision {
  if (current.state === 'paging') {
    // Nobody was asked yet while a routine request waits for the morning.
    if (current.step === null) return stay(current, 'not_paged');
    return pageNextStep(now, policy, current, 'declined');
  }
  if (current.handOverTo === by) {
    return move({ ...current, handOverTo: null }, [], 'hand_over_declined');
  }
  if (current.ownerId !== by) return stay(current, 'not_owner');
  if (current.state === 'acknowledged') return pageNextStep(now, policy, current, 'declined');
  return stay(current, current.state === 'in_contact' ? 'hand_over_instead' : 'not_open');
}

function own(now: Date, policy: Policy, current: Case, by: string, reason: string): Decision {
  const owned: Case = { ...current, ownerId: by, ownerPagedAt: null, handOverTo: null };
  const next =
    current.state === 'in_contact'
      ? { ...owned, remindersSent: 0, dueAt: after(now, policy.reminders.inContactSeconds) }
      : { ...holdLease(now, policy, owned), state: 'acknowledged' as const };
  return move(next, [{ type: 'withdraw_pages' }], reason);
}
