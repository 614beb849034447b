import type { Policy } from '../policy.js';
import type { Case, CaseEvent, Decision, DispositionCode } from '../case.js';
import { after, move, stay } from './decision.js';

type Disposed = Extract<CaseEvent, { type: 'disposed' }>;

/** What can be said of a case nobody took: there was nobody to help, or a supervisor says so. */
const needsNobody: ReadonlySet<DispositionCode> = new Set([
  'not_a_participant_referred',
  'wrong_number',
  'test_or_drill',
  'entered_in_error',
  'unable_to_reach_closed_by_supervisor',
]);

/** A human says how it ended. Only a supervisor may say that nobody could be reached. */
export function dispose(now: Date, policy: Policy, current: Case, event: Disposed): Decision {
  if (isDisposed(current)) return stay(current, 'already_disposed');
  if (current.state === 'paging' && !needsNobody.has(event.code)) {
    return stay(current, 'needs_acknowledgement');
  }
  const unreachable = event.code === 'unable_to_reach_closed_by_supervisor';
  if (unreachable && !event.supervisor) return stay(current, 'needs_supervisor');
  const next: Case = {
    ...current,
    state: 'disposed',
    dueAt: after(now, policy.reminders.disposedSeconds),
    leaseUntil: null,
    leaseWarnedAt: null,
    handOverTo: null,
    remindersSent: 0,
    unreachableAt: unreachable ? now : current.unreachableAt,
  };
  return move(next, [{ type: 'withdraw_pages' }], 'disposed');
}

/** The follow-up decision: a date, or null for none. Without one, closing is recalled in time. */
export function setFollowUp(now: Date, policy: Policy, current: Case, at: Date | null): Decision {
  if (!isDisposed(current)) return stay(current, 'needs_disposition');
  const dueAt = at ?? after(now, policy.reminders.followUpSeconds);
  const next: Case = { ...current, state: 'follow_up', dueAt, remindersSent: 0 };
  return move(next, [{ type: 'withdraw_pages' }], 'follow_up_set');
}

/** The only way to `closed`, and the only case without an alarm clock. */
export function close(current: Case): Decision {
  if (!isDisposed(current)) return stay(current, 'needs_disposition');
  if (current.state === 'disposed') return stay(current, 'needs_follow_up');
  if (current.dispatchDueAt !== null) return stay(current, 'dispatch_unconfirmed');
  return move({ ...current, state: 'closed', dueAt: null }, [{ type: 'withdraw_pages' }], 'closed');
}

function isDisposed({ state }: Case): boolean {
  return state === 'disposed' || state === 'follow_up';
}
