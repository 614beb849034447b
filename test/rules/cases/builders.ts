import { decide, startCase } from '../../../src/cases/rules/decide.js';
import type { Case, CaseEvent, Decision } from '../../../src/cases/rules/case.js';
import type { Acuity, AcuityPolicy, Policy } from '../../../src/cases/rules/policy.js';

/** A moment of one invented night, `HH:MM` or `HH:MM:SS` UTC. */
export const at = (time: string): Date =>
  new Date(`2026-03-10T${time.length === 5 ? `${time}:00` : time}.000Z`);

export const seconds = (from: Date, count: number): Date => new Date(from.getTime() + count * 1000);

const threeSteps = (leaseSeconds: number): AcuityPolicy => ({
  steps: [
    { audiences: [{ schedule: 'primary' }], waitSeconds: 120 },
    { audiences: [{ schedule: 'backup' }, { schedule: 'primary' }], waitSeconds: 180 },
    { audiences: [{ role: 'supervisor' }], waitSeconds: 240 },
  ],
  roundAgainSeconds: 300,
  leaseSeconds,
});

export const policy: Policy = {
  version: 1,
  zone: 'UTC',
  acuities: {
    EMERGENT: threeSteps(300),
    URGENT: threeSteps(600),
    PRIORITY: {
      steps: [
        { audiences: [{ schedule: 'primary' }], waitSeconds: 600 },
        { audiences: [{ person: 'morgan' }], waitSeconds: 600 },
      ],
      roundAgainSeconds: 300,
      leaseSeconds: 1800,
    },
    ROUTINE: {
      steps: [{ audiences: [{ schedule: 'primary' }], waitSeconds: 900 }],
      roundAgainSeconds: 300,
      leaseSeconds: 14_400,
      quietHours: { from: '22:00', to: '07:00' },
    },
  },
  lowAcuityNeeds: ['coaching'],
  reminders: { inContactSeconds: 1800, disposedSeconds: 86_400, followUpSeconds: 86_400 },
};

/** A case on which these events happened at these times, the flag at the first of them. */
export function caseAfter(acuity: Acuity, ...events: [Date, CaseEvent][]): Case {
  const [[openedAt]] = events as [[Date, CaseEvent]];
  let current = startCase(openedAt, acuity);
  for (const [now, event] of events) current = decide(now, policy, current, event).next;
  return current;
}

export const opened: CaseEvent = { type: 'opened', quiet: false };
export const due: CaseEvent = { type: 'due' };
export const reachedBy = (by: string, withParticipant = true): CaseEvent => ({
  type: 'contact_logged',
  by,
  withParticipant,
  outcome: 'reached',
});
export const taken = (by: string): CaseEvent => ({ type: 'acknowledged', by });

/** Paged at 02:00, waiting for the first step until 02:02. */
export const pagingCase = (acuity: Acuity = 'URGENT'): Case =>
  caseAfter(acuity, [at('02:00'), opened]);

/** Paged at 02:00, taken by Ana at 02:01. */
export const takenCase = (acuity: Acuity = 'URGENT'): Case =>
  caseAfter(acuity, [at('02:00'), opened], [at('02:01'), taken('ana')]);

/** Taken at 02:01 and reached by Ana at 02:02. */
export const contactCase = (acuity: Acuity = 'URGENT'): Case =>
  caseAfter(
    acuity,
    [at('02:00'), opened],
    [at('02:01'), taken('ana')],
    [at('02:02'), reachedBy('ana')],
  );

/** In contact at 02:02, disposed at 02:30. */
export const disposedCase = (): Case =>
  decideOn(contactCase(), '02:30', {
    type: 'disposed',
    code: 'supported_by_phone',
    supervisor: false,
  }).next;

export const decideOn = (current: Case, time: string, event: CaseEvent): Decision =>
  decide(at(time), policy, current, event);
