import type { OnCallReason } from './content.js';

const asking: ReadonlySet<OnCallReason> = new Set([
  'check_in',
  'stand_in',
  'check_in_missed',
  'coverage_gap',
]);

/** Whether an answer is waited for; the others only tell. */
export const asksForAnswer = (reason: OnCallReason): boolean => asking.has(reason);
