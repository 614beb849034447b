import { z } from 'zod';
import { acceptances, words } from '../effects/accepted.js';
import {
  EffectAnswer,
  effectAnswer,
  Named,
  namedIn,
  peopleInDifferences,
  stretchAnswer,
} from '../effects/effect-answer.js';
import { Warning } from '../effects/warnings.js';
import type { Difference } from '../rules/differences.js';
import type { Interval } from '../rules/schedule.js';
import { localStretch } from '../rules/time/wall-clock.js';
import type { StoredSchedule } from '../schedules/schedules.service.js';
import { changedTermsOf, termsOf } from './swap-terms.service.js';
import type { StoredSwap } from './swaps.service.js';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).getTime());
const stretch = { from: instant, to: instant };

const who = z.string().min(1).max(64);

const states = [
  'requested',
  'accepted',
  'declined',
  'withdrawn',
  'expired',
  'reconfirm',
  'undone',
] as const;

export const SwapRequested = z.strictObject({
  requester: who.optional().describe('By id or key; of a supervisor only, the caller by default'),
  counterpart: who.describe('By id or key'),
  ...stretch,
  inReturn: z
    .strictObject(stretch)
    .optional()
    .describe('Within a shift of the counterpart; without it the shift is handed over'),
  reason: words,
});
export type SwapRequested = z.infer<typeof SwapRequested>;

export const ActRequested = z.strictObject({
  version: z.int().min(1).describe('The one that was read; another one by now is a 409'),
  ...acceptances,
});
export type ActRequested = z.infer<typeof ActRequested>;

export const SwapsAsked = z.strictObject({
  mine: z.literal('true').describe('Those of the caller'),
  state: z.enum(states).optional(),
});

const Stretch = z.object(stretchAnswer);
const Terms = z.object({
  given: Stretch.nullable().describe('What the counterpart takes'),
  inReturn: Stretch.nullable().describe('What the requester takes'),
});

export const SwapAnswer = z.object({
  id: z.string(),
  scheduleId: z.string(),
  zone: z.string(),
  state: z.enum(states),
  version: z.int(),
  requester: Named,
  counterpart: Named,
  ...Terms.shape,
  changed: Terms.nullable().describe('What has become of it, for both to confirm'),
  confirmedBy: z.array(Named),
  reason: z.string(),
  outcome: z.enum(['not_answered', 'shift_changed', 'shift_gone', 'not_confirmed']).nullable(),
  via: z.enum(['staff', 'file']),
  madeBy: Named.nullable(),
  madeAt: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable().describe('Until when an answer is waited for'),
  effect: EffectAnswer.nullable().describe('Before and after; null when it is settled'),
});
export type SwapAnswer = z.infer<typeof SwapAnswer>;

export const SwapActAnswer = SwapAnswer.extend({ warnings: z.array(Warning) });
export type SwapActAnswer = z.infer<typeof SwapActAnswer>;
export const SwapsAnswer = z.object({ swaps: z.array(SwapAnswer) });
export type SwapsAnswer = z.infer<typeof SwapsAnswer>;

export function namesNeeded(row: StoredSwap, effect: readonly Difference[] | null): string[] {
  const { requester, counterpart, madeBy } = row;
  const people = [requester, counterpart, ...peopleInDifferences(effect ?? [])];
  return madeBy === null ? people : [...people, madeBy];
}

export function swapAnswer(
  { body: { zone } }: StoredSchedule,
  row: StoredSwap,
  { effect, names }: { effect: readonly Difference[] | null; names: ReadonlyMap<string, string> },
): SwapAnswer {
  const { requester, counterpart, requesterConfirmedAt, counterpartConfirmedAt } = row;
  const shown = (part: Interval | null) => part && localStretch(zone, part);
  const terms = ({ given, inReturn }: ReturnType<typeof termsOf>) => ({
    given: shown(given),
    inReturn: shown(inReturn),
  });
  const confirmed = [
    ...(requesterConfirmedAt ? [requester] : []),
    ...(counterpartConfirmedAt ? [counterpart] : []),
  ];
  return {
    id: row.id,
    scheduleId: row.scheduleId,
    zone,
    state: row.state,
    version: row.version,
    requester: namedIn(names, requester),
    counterpart: namedIn(names, counterpart),
    ...terms(termsOf(row)),
    changed: row.state === 'reconfirm' ? terms(changedTermsOf(row)) : null,
    confirmedBy: confirmed.map((id) => namedIn(names, id)),
    reason: row.reason,
    outcome: row.outcome,
    via: row.madeVia,
    madeBy: row.madeBy === null ? null : namedIn(names, row.madeBy),
    madeAt: row.madeAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    effect: effect && effectAnswer(zone, effect, names),
  };
}
