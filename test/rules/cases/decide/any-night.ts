import fc from 'fast-check';
import { decide, startCase } from '../../../../src/cases/rules/decide.js';
import type { Case, CaseEvent, Decision } from '../../../../src/cases/rules/case.js';
import {
  acuities,
  type Acuity,
  type AcuityPolicy,
  type Policy,
} from '../../../../src/cases/rules/policy.js';
import { at, policy as wholePolicy, seconds } from '../builders.js';

export interface Turn {
  now: Date;
  before: Case;
  event: CaseEvent;
  decision: Decision;
}

export interface Night {
  policy: Policy;
  acuity: Acuity;
  quiet: boolean;
  /** A wait of null is: until the case is due. */
  events: { waitSeconds: number | null; event: CaseEvent }[];
}

export const anyAcuity = fc.constantFrom(...acuities);
const anyStaff = fc.constantFrom('ana', 'ben', 'cleo');

const anyEvent: fc.Arbitrary<CaseEvent> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ type: 'due' } as const) },
  { weight: 2, arbitrary: fc.constant({ type: 'nobody_reachable' } as const) },
  { weight: 1, arbitrary: fc.constant({ type: 'nobody_meant' } as const) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('acknowledged'), by: anyStaff }) },
  fc.record({ type: fc.constant('declined'), by: anyStaff }),
  fc.record({
    type: fc.constant('escalated'),
    expectedStep: fc.option(fc.integer({ min: 0, max: 4 })),
  }),
  fc.record({
    type: fc.constant('contact_logged'),
    by: anyStaff,
    withParticipant: fc.boolean(),
    outcome: fc.constantFrom('reached', 'no_answer', 'voicemail'),
  }),
  fc.record({
    type: fc.constant('acuity_changed'),
    acuity: anyAcuity,
    by: anyStaff,
    mayLower: fc.boolean(),
  }),
  fc.record({ type: fc.constant('hand_over_offered'), to: anyStaff }),
  fc.record({ type: fc.constant('flag_repeated'), acuity: anyAcuity }),
  fc.constant({ type: 'withdrew' } as const),
  fc.record({ type: fc.constant('dispatched'), confirmed: fc.boolean() }),
  fc.record({ type: fc.constant('dispatch_settled'), outstanding: fc.integer({ min: 0, max: 1 }) }),
  fc.record({
    type: fc.constant('disposed'),
    code: fc.constantFrom('supported_by_phone', 'unable_to_reach_closed_by_supervisor'),
    supervisor: fc.boolean(),
  }),
  fc.record({ type: fc.constant('follow_up_set'), at: fc.option(fc.constant(at('12:00'))) }),
  fc.constant({ type: 'closed' } as const),
);

const anyAcuityPolicy: fc.Arbitrary<AcuityPolicy> = fc.record({
  steps: fc.array(
    fc.record({
      audiences: fc.uniqueArray(
        fc.constantFrom({ schedule: 'primary' }, { schedule: 'backup' }, 'backstop' as const),
        { minLength: 1, selector: (audience) => JSON.stringify(audience) },
      ),
      waitSeconds: fc.integer({ min: 10, max: 900 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  roundAgainSeconds: fc.integer({ min: 10, max: 300 }),
  leaseSeconds: fc.integer({ min: 30, max: 28_800 }),
});

export const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    EMERGENT: anyAcuityPolicy,
    URGENT: anyAcuityPolicy,
    PRIORITY: anyAcuityPolicy,
    ROUTINE: anyAcuityPolicy.map((each) => ({
      ...each,
      quietHours: { from: '22:00', to: '07:00' },
    })),
  })
  .map((byAcuity) => ({ ...wholePolicy, acuities: byAcuity }));

export const anyNight: fc.Arbitrary<Night> = fc.record({
  policy: anyPolicy,
  acuity: anyAcuity,
  quiet: fc.boolean(),
  events: fc.array(
    fc.record({ waitSeconds: fc.option(fc.integer({ min: 0, max: 1200 })), event: anyEvent }),
    { maxLength: 60 },
  ),
});

/** When the case is next looked at. */
function clockOf({ dueAt, dispatchDueAt }: Case, now: Date): Date {
  const moments = [dueAt, dispatchDueAt].filter((moment) => moment !== null);
  const next = Math.min(...moments.map((moment) => moment.getTime()));
  return moments.length > 0 && next > now.getTime() ? new Date(next) : now;
}

export function replay({ policy, acuity, quiet, events }: Night): Turn[] {
  const turns: Turn[] = [];
  let now = at('02:00');
  let current = startCase(now, acuity);
  const all = [{ waitSeconds: 0, event: { type: 'opened', quiet } as const }, ...events];
  for (const { waitSeconds, event } of all) {
    if (waitSeconds !== null) now = seconds(now, waitSeconds);
    else now = clockOf(current, now);
    const decision = decide(now, policy, Object.freeze(current), event);
    turns.push({ now, before: current, event, decision });
    current = decision.next;
  }
  return turns;
}
