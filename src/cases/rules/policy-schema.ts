import { z } from 'zod';
import {
  audienceSchema,
  isUnconditional,
  preferSchema,
} from '../../oncall/rules/answering/audience.js';
import { sessionHoursSchema } from '../../oncall/rules/answering/session-hours.js';
import { needs } from '../../programs/rules/needs.js';
import { isZone } from '../../programs/rules/zone.js';
import { acuities, type Acuity, type Policy } from './policy.js';

/** What each acuity may choose; seconds. Floors and ceilings hold for every program. */
const limits: Record<Acuity, { waitMax: number; leaseMax: number; leaseDefault: number }> = {
  EMERGENT: { waitMax: 900, leaseMax: 600, leaseDefault: 300 },
  URGENT: { waitMax: 900, leaseMax: 1200, leaseDefault: 600 },
  PRIORITY: { waitMax: 3600, leaseMax: 3600, leaseDefault: 1800 },
  ROUTINE: { waitMax: 14_400, leaseMax: 28_800, leaseDefault: 14_400 },
};

const waitMin = 10;
const leaseMin = 30;
const roundAgain = { min: 10, max: 300, default: 120 };
const reminderLimits = { min: 60, max: 604_800 };
const stepsMax = 10;
const audiencesMax = 10;

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time as HH:MM');

const quietHours = z
  .strictObject({ from: localTime, to: localTime })
  .refine(({ from, to }) => from !== to, 'begin and end at the same time');

function acuityFields(acuity: Acuity) {
  const { waitMax, leaseMax, leaseDefault } = limits[acuity];
  const step = z
    .strictObject({
      page: z.array(audienceSchema).min(1, 'pages nobody').max(audiencesMax),
      prefer: preferSchema.optional(),
      waitSeconds: z.int().min(waitMin).max(waitMax),
    })
    .transform(({ page, ...rest }) => ({ audiences: page, ...rest }));
  return {
    steps: z.array(step).min(1, 'needs at least one step').max(stepsMax),
    roundAgainSeconds: z.int().min(roundAgain.min).max(roundAgain.max).default(roundAgain.default),
    leaseSeconds: z.int().min(leaseMin).max(leaseMax).default(leaseDefault),
  };
}

const routine = z
  .strictObject({ ...acuityFields('ROUTINE'), quietHours: quietHours.optional() })
  .transform(({ quietHours: hours, ...rest }) => (hours ? { ...rest, quietHours: hours } : rest));

const reminderSeconds = z.int().min(reminderLimits.min).max(reminderLimits.max);

/** The form in which operators write a policy; only a ROUTINE request can wait for the morning. */
const policySchema = z.strictObject({
  version: z.int().min(1).default(1),
  zone: z.string().refine(isZone, 'is not a known time zone, such as America/New_York'),
  acuities: z.strictObject({
    EMERGENT: z.strictObject(acuityFields('EMERGENT')),
    URGENT: z.strictObject(acuityFields('URGENT')),
    PRIORITY: z.strictObject(acuityFields('PRIORITY')),
    ROUTINE: routine,
  }),
  lowAcuityNeeds: z
    .array(z.enum(needs).exclude(['crisis'], 'is not a need that can wait'))
    .default([]),
  reminders: z
    .strictObject({
      inContactSeconds: reminderSeconds.default(1800),
      disposedSeconds: reminderSeconds.default(86_400),
      followUpSeconds: reminderSeconds.default(86_400),
    })
    .prefault({}),
  sessionHours: sessionHoursSchema.optional(),
});

/**
 * Reads a policy strictly: an unknown field or a value out of bounds is a problem, one line each:
 * where, then what.
 */
export function parsePolicy(input: unknown): { policy: Policy } | { problems: string[] } {
  const { data, error } = policySchema.safeParse(input);
  if (error === undefined) {
    const missing = missingIn(data);
    return missing.length > 0 ? { problems: missing } : { policy: data };
  }
  const problems = error.issues.map(
    ({ path, message }) => `${['policy', ...path].join('.')}: ${message}`,
  );
  return { problems };
}

/** What one part of a policy needs of another. */
function missingIn({ acuities: byAcuity, sessionHours = [] }: Policy): string[] {
  const problems: string[] = [];
  let asksForHours = false;
  for (const acuity of acuities) {
    const audiences = byAcuity[acuity].steps.flatMap((step) => step.audiences);
    asksForHours ||= audiences.some((one) => one !== 'backstop' && one.when?.hours === 'session');
    if (audiences.some(isUnconditional)) continue;
    const text = 'needs a step that pages somebody whatever the need, the hour, the participant';
    problems.push(`policy.acuities.${acuity}.steps: ${text}`);
  }
  if (asksForHours && sessionHours.length === 0) {
    problems.push('policy.sessionHours: is not given, and a step asks for it');
  }
  return problems;
}
