import type { Policy } from '../policy.js';
import type { Case, Decision, Effect } from '../case.js';
import { after, move, withOccasion } from './decision.js';
import { pageWider } from './paging-steps.js';

/** After so many unheeded reminders a case in contact counts as left alone. */
const inContactRemindersMax = 3;

type WorkedState = 'in_contact' | 'disposed' | 'follow_up';

/** A case in contact that nobody writes on is paged again; a disposed one is only recalled. */
export function remind(now: Date, policy: Policy, current: Case, state: WorkedState): Decision {
  if (state === 'in_contact' && current.remindersSent >= inContactRemindersMax) {
    return pageWider(now, policy, current, 'lease_expired');
  }
  const dueAt = after(now, reminderSeconds(policy, state));
  const remindersSent = current.remindersSent + 1;
  const { next, occasion } = withOccasion({ ...current, dueAt, remindersSent }, 'reminder');
  const supervisors = next.ownerId === null || remindersSent >= 2;
  const effects = [...toOwner(next, occasion), ...(supervisors ? [toSupervisors(occasion)] : [])];
  return move(next, effects, 'reminded');
}

function reminderSeconds({ reminders }: Policy, state: WorkedState): number {
  if (state === 'in_contact') return reminders.inContactSeconds;
  return state === 'disposed' ? reminders.disposedSeconds : reminders.followUpSeconds;
}

export function toOwner({ ownerId }: Case, occasion: string): Effect[] {
  if (ownerId === null) return [];
  return [{ type: 'page_person', staffId: ownerId, occasion, reason: 'reminder' }];
}

export function toSupervisors(occasion: string): Effect {
  return { type: 'page', audiences: [{ role: 'supervisor' }], occasion, reason: 'unattended' };
}
