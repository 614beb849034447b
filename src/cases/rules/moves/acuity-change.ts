import { isHigher, type Acuity, type Policy } from '../policy.js';
import type { Case, Decision } from '../case.js';
import { acuityPolicy, move, stay } from './decision.js';
import { shortenLease } from './lease.js';
import { pageFromStart } from './paging-steps.js';

/** Anybody may raise; who may not lower is refused. */
export function changeAcuity(
  now: Date,
  policy: Policy,
  current: Case,
  { acuity, mayLower }: { acuity: Acuity; mayLower: boolean },
): Decision {
  if (acuity === current.acuity) return stay(current, 'same_acuity');
  if (isHigher(acuity, current.acuity)) return raise(now, policy, { ...current, acuity });
  return mayLower ? lower(policy, current, acuity) : stay(current, 'only_clinician_lowers');
}

function raise(now: Date, policy: Policy, raised: Case): Decision {
  if (raised.state === 'paging') return pageFromStart(now, policy, raised, 'acuity_raised');
  const next = raised.state === 'acknowledged' ? shortenLease(now, policy, raised) : raised;
  return move(next, [], 'acuity_raised');
}

/** Paging goes on where it was, as far as the new policy reaches, and at the time already set. */
function lower(policy: Policy, current: Case, acuity: Acuity): Decision {
  const next = { ...current, acuity };
  if (current.state !== 'paging' || current.step === null) return move(next, [], 'acuity_lowered');
  const atBackstop = current.step === acuityPolicy(policy, current).steps.length;
  const { length } = acuityPolicy(policy, next).steps;
  const step = atBackstop ? length : Math.min(current.step, length - 1);
  // A step number that falls belongs to a new round: its occasion must not repeat.
  const round = step < current.step ? current.round + 1 : current.round;
  return move({ ...next, step, round }, [], 'acuity_lowered');
}
