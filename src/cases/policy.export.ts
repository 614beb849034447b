type Step = { audiences: unknown[] } & Record<string, unknown>;
type Acuities = Record<string, { steps: Step[] } & Record<string, unknown>>;

/** A published policy as a program's file writes it. */
export function policyForm(published: unknown): Record<string, unknown> {
  const { acuities, ...rest } = published as { acuities: Acuities } & Record<string, unknown>;
  const written = Object.entries(acuities).map(([acuity, { steps, ...others }]) => [
    acuity,
    { ...others, steps: steps.map(({ audiences, ...step }) => ({ page: audiences, ...step })) },
  ]);
  return { ...rest, acuities: Object.fromEntries(written) as object };
}
