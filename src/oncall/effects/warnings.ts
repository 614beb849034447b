import { z } from 'zod';
import { Rejection } from '../../platform/http/rejection.js';
import type { FatigueLimits, Violation } from '../rules/load/fatigue.js';
import { localStretch } from '../rules/time/wall-clock.js';

/** What a person should know about a change that is made all the same. */
export const Warning = z.object({
  code: z.enum(['no_effect', 'fatigue', 'credential_expires', 'busy', 'out_of_reach']),
  detail: z.string(),
});
export type Warning = z.infer<typeof Warning>;

/** A local stretch in words. */
export function saidStretch(zone: string, stretch: { from: number; to: number }): string {
  const { localFrom, localTo } = localStretch(zone, stretch);
  return `${localFrom.replace('T', ' ')} to ${localTo.replace('T', ' ')} (${zone})`;
}

/** Names everybody who would be on call for too long; `names` by staff id. */
export function fatigueWarnings(
  zone: string,
  violations: readonly Violation[],
  names: ReadonlyMap<string, string>,
): Warning[] {
  return violations.map(({ person, kind, value, max, from, to }) => {
    const name = names.get(person) ?? person;
    const what =
      kind === 'hours_per_week'
        ? `${value} hours within 7 days, more than ${max}`
        : `${value} nights in a row, more than ${max}`;
    const when = saidStretch(zone, { from, to });
    return { code: 'fatigue', detail: `${name} is on call for ${what}: ${when}.` };
  });
}

/** 422 where the schedule is strict about it and no supervisor has accepted it with a reason. */
export function refuseFatigue(
  limits: FatigueLimits & { strict?: boolean | undefined },
  violations: readonly Violation[],
  { warnings, acceptedReason }: { warnings: readonly Warning[]; acceptedReason: string | null },
): void {
  if (limits.strict !== true || violations.length === 0 || acceptedReason !== null) return;
  const said = warnings.map(({ detail }) => detail);
  const text = [...said, 'A supervisor has to accept this with a reason.'].join(' ');
  throw new Rejection('unprocessable', text, 'fatigue', {
    violations: violations.map(({ from, to, ...rest }) => ({
      ...rest,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    })),
  });
}
