import type { Policy } from '../policy.js';
import type { Case, Decision } from '../case.js';
import { acuityPolicy, after, earlier, move, withOccasion } from './decision.js';
import { pageWider } from './paging-steps.js';

/** The owner's promise starts anew: a warning at half time, back to paging after the whole. */
export function holdLease(now: Date, policy: Policy, current: Case): Case {
  const { leaseSeconds } = acuityPolicy(policy, current);
  return {
    ...current,
    leaseUntil: after(now, leaseSeconds),
    leaseWarnedAt: null,
    dueAt: after(now, leaseSeconds / 2),
  };
}

/** A higher acuity never gives the owner more time than they had. */
export function shortenLease(now: Date, policy: Policy, current: Case): Case {
  const { leaseSeconds } = acuityPolicy(policy, current);
  const leaseUntil = earlier(current.leaseUntil, after(now, leaseSeconds));
  const warned = current.leaseWarnedAt !== null;
  const dueAt = warned ? leaseUntil : earlier(current.dueAt, after(now, leaseSeconds / 2));
  return { ...current, leaseUntil, dueAt };
}

/** No contact was tried yet: warn the owner once, then page wider, whatever the owner does. */
export function lookAtLease(now: Date, policy: Policy, current: Case): Decision {
  const { ownerId, leaseUntil } = current;
  if (ownerId === null || leaseUntil === null || now >= leaseUntil) {
    return pageWider(now, policy, current, 'lease_expired');
  }
  const warned = { ...current, leaseWarnedAt: now, dueAt: leaseUntil };
  const { next, occasion } = withOccasion(warned, 'lease');
  const reason = 'lease_warning';
  return move(next, [{ type: 'page_person', staffId: ownerId, occasion, reason }], 'lease_warned');
}
