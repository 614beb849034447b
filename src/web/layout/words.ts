import type { CaseState } from '../../cases/rules/case.js';
import type { Acuity } from '../../cases/rules/policy.js';

export const acuityWords: Readonly<Record<Acuity, string>> = {
  EMERGENT: 'Emergent',
  URGENT: 'Urgent',
  PRIORITY: 'Priority',
  ROUTINE: 'Routine',
};

export const stateWords: Readonly<Record<CaseState, string>> = {
  open: 'Opening',
  paging: 'Paging',
  acknowledged: 'Acknowledged',
  in_contact: 'In contact',
  disposed: 'Disposed',
  follow_up: 'Follow-up',
  closed: 'Closed',
};

/** `supported_by_phone` as people read it. */
export function inWords(code: string): string {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
