import { z } from 'zod';

const audience = z.union([
  z.literal('backstop'),
  z.object({ schedule: z.string() }),
  z.object({ person: z.string() }),
  z.object({ role: z.enum(['clinician', 'supervisor', 'admin']) }),
]);

/** Whom a step pages, as a published policy says it. */
export type StepAudience = z.infer<typeof audience>;

const publishedPolicy = z.object({
  acuities: z.record(
    z.string(),
    z.object({ steps: z.array(z.object({ audiences: z.array(audience) })) }),
  ),
});

/** The audiences of each step of a published policy, the backstop after the last one. */
export function stepsOf(policy: unknown, acuity: string): StepAudience[][] {
  const steps = publishedPolicy.parse(policy).acuities[acuity]?.steps ?? [];
  return [...steps.map(({ audiences }) => audiences), ['backstop']];
}
