import type { Case, Decision } from '../case.js';
import { after, earlier, move, stay, withOccasion } from './decision.js';
import { toOwner, toSupervisors } from './reminders.js';

/** A dispatch is asked after this often until somebody says that they reached the person. */
const remindSeconds = 600;

/** Somebody was sent; `confirmed` when it is known already that they arrived. */
export function dispatch(now: Date, current: Case, confirmed: boolean): Decision {
  const dispatchDueAt = confirmed
    ? current.dispatchDueAt
    : earlier(current.dispatchDueAt, after(now, remindSeconds));
  return move({ ...current, dispatchedAt: now, dispatchDueAt }, [], 'dispatched');
}

/** One dispatch needs no more asking; the clock runs on while others do. */
export function settleDispatch(current: Case, outstanding: number): Decision {
  if (current.dispatchDueAt === null) return stay(current, 'already_settled');
  const dispatchDueAt = outstanding === 0 ? null : current.dispatchDueAt;
  return move({ ...current, dispatchDueAt }, [], 'dispatch_settled');
}

/** Whether anybody sent has arrived is still not known: the owner is asked, and supervisors too. */
export function remindOfDispatch(now: Date, current: Case): Decision {
  const reminded = { ...current, dispatchDueAt: after(now, remindSeconds) };
  const { next, occasion } = withOccasion(reminded, 'dispatch');
  const effects = [...toOwner(next, occasion), toSupervisors(occasion)];
  return move(next, effects, 'dispatch_reminded');
}
