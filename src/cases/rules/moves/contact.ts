import type { Policy } from '../policy.js';
import type { Case, CaseEvent, Decision, Effect } from '../case.js';
import { after, move } from './decision.js';
import { holdLease } from './lease.js';

type ContactLogged = Extract<CaseEvent, { type: 'contact_logged' }>;

/**
 * A try at a conversation keeps the lease; a conversation with the participant, and not only with
 * somebody close to them, brings the case into contact.
 */
export function logContact(
  now: Date,
  policy: Policy,
  current: Case,
  event: ContactLogged,
): Decision {
  const logged: Case = { ...current, contactAttemptedAt: now };
  if (current.state === 'disposed' || current.state === 'follow_up') {
    return move(logged, [], 'contact_recorded');
  }
  if (event.outcome === 'reached' && event.withParticipant)
    return reach(now, policy, logged, event.by);
  if (current.state === 'in_contact') {
    return move(restartReminders(now, policy, logged), quieted(current), 'contact_attempted');
  }
  if (current.state === 'acknowledged') {
    return move(holdLease(now, policy, logged), quieted(current), 'contact_attempted');
  }
  return move(logged, [], 'contact_attempted');
}

function reach(now: Date, policy: Policy, logged: Case, by: string): Decision {
  const next: Case = {
    ...restartReminders(now, policy, logged),
    state: 'in_contact',
    ownerId: logged.ownerId ?? by,
    leaseUntil: null,
    leaseWarnedAt: null,
    unreachableAt: null,
  };
  return move(next, quieted(logged), 'contact_reached');
}

function restartReminders(now: Date, policy: Policy, logged: Case): Case {
  const dueAt = after(now, policy.reminders.inContactSeconds);
  return { ...logged, remindersSent: 0, dueAt };
}

/** Pages that ask for what was just done fall silent; an offered hand-over stays offered. */
function quieted(current: Case): Effect[] {
  return current.handOverTo === null ? [{ type: 'withdraw_pages' }] : [];
}
