import { z } from 'zod';
import { audienceSchema, type Choosing, preferSchema } from './answering/audience.js';
import { type SessionHours, sessionHoursSchema } from './answering/session-hours.js';

const publishedPolicy = z.object({
  acuities: z.record(
    z.string(),
    z.object({
      steps: z.array(
        z.object({ audiences: z.array(audienceSchema), prefer: preferSchema.optional() }),
      ),
    }),
  ),
  sessionHours: sessionHoursSchema.default([]),
});

/** The steps of a published policy, the backstop after the last one. */
export function stepsOf(
  policy: unknown,
  acuity: string,
): { steps: Choosing[]; sessionHours: SessionHours[] } {
  const { acuities, sessionHours } = publishedPolicy.parse(policy);
  const steps = acuities[acuity]?.steps ?? [];
  return { steps: [...steps, { audiences: ['backstop'] }], sessionHours };
}

/** The steps of every acuity, without the backstop. */
export function policiesOf(policy: unknown): {
  policies: Choosing[][];
  sessionHours: SessionHours[];
} {
  const { acuities, sessionHours } = publishedPolicy.parse(policy);
  return { policies: Object.values(acuities).map(({ steps }) => steps), sessionHours };
}
