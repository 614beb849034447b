import type { Gap } from '../../oncall/rules/coverage.js';

export const whyWords: Readonly<Record<Gap['why'], string>> = {
  nobody_scheduled: 'Nobody is on call',
  nobody_eligible: 'Whoever is on call may not take cases: their role or credentials have ended',
  nobody_reachable: 'Whoever is on call cannot be reached: no contact method works',
};
