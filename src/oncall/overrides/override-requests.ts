import { z } from 'zod';
import { acceptances, words } from '../effects/accepted.js';
import { EffectAnswer, namedIn, Named, stretchAnswer } from '../effects/effect-answer.js';
import { localStretch } from '../rules/time/wall-clock.js';
import type { StoredSchedule } from '../schedules/schedules.service.js';
import { Warning } from '../effects/warnings.js';
import type { StoredOverride } from './overrides.service.js';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const times = {
  from: instant.optional().describe('Now by default and at the earliest'),
  to: instant,
};
const who = z.string().min(1).max(64).describe('A staff member, by id or key');
const rest = { ...times, reason: words, ...acceptances };

export const OverrideAsked = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('replace'), incoming: who, outgoing: who, ...rest }),
  z.strictObject({ kind: z.literal('add'), incoming: who, ...rest }),
  z.strictObject({ kind: z.literal('remove'), outgoing: who, ...rest }),
]);
export type OverrideAsked = z.infer<typeof OverrideAsked>;

export const WithdrawalAsked = z.strictObject(acceptances);
export type WithdrawalAsked = z.infer<typeof WithdrawalAsked>;

const OverrideAnswer = z.object({
  id: z.string(),
  kind: z.enum(['replace', 'add', 'remove']),
  state: z.enum(['coming', 'running', 'over', 'withdrawn']),
  ...stretchAnswer,
  incoming: Named.nullable(),
  outgoing: Named.nullable(),
  reason: z.string(),
  via: z.enum(['staff', 'file', 'check_in', 'swap']),
  swapId: z.string().nullable(),
  madeBy: Named.nullable(),
  madeAt: z.iso.datetime(),
  acceptedGapReason: z.string().nullable(),
});

export const ChangeAnswer = z.object({
  override: OverrideAnswer,
  effect: EffectAnswer,
  warnings: z.array(Warning),
});
export type ChangeAnswer = z.infer<typeof ChangeAnswer>;

export const OverridesAnswer = z.object({ zone: z.string(), overrides: z.array(OverrideAnswer) });
export type OverridesAnswer = z.infer<typeof OverridesAnswer>;

export const namesNeeded = ({ incoming, outgoing, madeBy }: StoredOverride): string[] =>
  [incoming, outgoing, madeBy].filter((one) => one !== null);

export function overrideAnswer(
  { body: { zone } }: StoredSchedule,
  row: StoredOverride,
  { now, names }: { now: Date; names: ReadonlyMap<string, string> },
): z.infer<typeof OverrideAnswer> {
  const { id, kind, fromAt, toAt, reason, madeVia, swapId, acceptedGapReason } = row;
  const named = (one: string | null) => one && namedIn(names, one);
  return {
    id,
    kind,
    state: stateOf(row, now),
    ...localStretch(zone, { from: fromAt.getTime(), to: toAt.getTime() }),
    incoming: named(row.incoming) || null,
    outgoing: named(row.outgoing) || null,
    reason,
    via: madeVia,
    swapId,
    madeBy: named(row.madeBy) || null,
    madeAt: row.madeAt.toISOString(),
    acceptedGapReason,
  };
}

function stateOf({ withdrawnAt, fromAt, toAt }: StoredOverride, now: Date) {
  if (withdrawnAt !== null) return 'withdrawn';
  if (now < fromAt) return 'coming';
  return now < toAt ? 'running' : 'over';
}
