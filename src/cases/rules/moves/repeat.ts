import { higherAcuity, isHigher, type Acuity, type Policy } from '../policy.js';
import type { Case, Decision } from '../case.js';
import { move, stay, withOccasion } from './decision.js';
import { shortenLease } from './lease.js';
import { pageFromStart, whomOf } from './paging-steps.js';

/** An owner who has not called yet is paged at most this often because somebody asks again. */
const ownerPagedAgainMs = 120_000;

/** The person asks again: never dropped, never less than urgent, never a second owner. */
export function repeatFlag(now: Date, policy: Policy, current: Case, stated: Acuity): Decision {
  if (current.state === 'disposed' || current.state === 'follow_up')
    return stay(current, 'new_case');
  const raised = {
    ...current,
    acuity: higherAcuity('URGENT', higherAcuity(stated, current.acuity)),
  };
  const rose = isHigher(raised.acuity, current.acuity);
  if (current.state === 'paging') return askEverybody(now, policy, raised, rose);
  if (current.state === 'acknowledged') return askOwner(now, policy, raised, rose);
  return rose ? move(raised, [], 'acuity_raised') : stay(current, 'noted');
}

function askEverybody(now: Date, policy: Policy, raised: Case, rose: boolean): Decision {
  if (rose || raised.step === null) return pageFromStart(now, policy, raised, 'asked_again');
  const whom = whomOf(policy, raised, raised.step);
  const { next, occasion } = withOccasion(raised, 'asked');
  return move(next, [{ type: 'page', ...whom, occasion, reason: 'asked_again' }], 'asked_again');
}

function askOwner(now: Date, policy: Policy, raised: Case, rose: boolean): Decision {
  const held = rose ? shortenLease(now, policy, raised) : raised;
  const { ownerId, ownerPagedAt } = held;
  const spared =
    ownerPagedAt !== null && now.getTime() - ownerPagedAt.getTime() < ownerPagedAgainMs;
  if (ownerId === null || spared) {
    return rose ? move(held, [], 'acuity_raised') : stay(held, 'noted');
  }
  const { next, occasion } = withOccasion({ ...held, ownerPagedAt: now }, 'asked');
  const reason = 'asked_again';
  return move(next, [{ type: 'page_person', staffId: ownerId, occasion, reason }], 'asked_again');
}
