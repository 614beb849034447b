import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Overrides } from '../../../oncall/overrides/overrides.service.js';
import { ScheduleRights } from '../../../oncall/schedules/schedule-rights.service.js';
import { SwapActs } from '../../../oncall/swaps/swap-acts.service.js';
import { SwapViews } from '../../../oncall/swaps/swap-views.service.js';
import { Swaps } from '../../../oncall/swaps/swaps.service.js';
import type { Tx } from '../../../platform/db/unit-of-work.js';
import { Rights } from '../../../staff/rights.service.js';
import type { Person } from '../../../staff/rules/permissions.js';
import { type FormFields, readForm } from '../../layout/form-body.js';
import { acceptanceFields } from '../acceptances.js';
import { partnerIn, shiftIn } from './shift-codes.js';

export type SwapShown = Awaited<ReturnType<SwapViews['one']>>;

/** A swap that was looked at before it is asked for. */
export interface LookedAtSwap {
  swap: SwapShown;
  warnings: readonly { detail: string }[];
  /** Sent along with the request: it is this very thing that was looked at. */
  seen: string;
}

export type SwapSubmitted =
  { outcome: 'requested' } | { outcome: 'looked'; looked: LookedAtSwap; problem: string | null };

export const swapActNames = ['accept', 'decline', 'withdraw', 'confirm', 'undo'] as const;
export type SwapActName = (typeof swapActNames)[number];

const SwapForm = z.object({
  shift: z.string().max(100),
  requester: z.uuid(),
  with: z.string().max(100),
  reason: z.string().min(3).max(500),
});
const ActForm = z.object({ version: z.coerce.number().int().min(1), ...acceptanceFields });
const labels = { shift: 'which shift', requester: 'whose shift', with: 'who takes it' };

/** What the forms about swaps do: the same services as the API. */
@Injectable()
export class SwapForms {
  constructor(
    private readonly swaps: Swaps,
    private readonly acts: SwapActs,
    private readonly views: SwapViews,
    private readonly overrides: Overrides,
    private readonly scheduleRights: ScheduleRights,
    private readonly rights: Rights,
  ) {}

  /** Looked at first, and asked for only as it was seen. */
  async submit(
    tx: Tx,
    person: Person,
    { fields, handler }: { fields: FormFields; handler: string },
  ): Promise<SwapSubmitted> {
    const { shift, requester, with: partner, reason } = readForm(SwapForm, fields, labels);
    const { scheduleId: id, ...given } = shiftIn(shift);
    await this.scheduleRights.read(tx, person, { id, handler });
    const schedule = await this.overrides.hold(tx, id);
    const isOwn = requester === person.staffId;
    const { programId } = schedule;
    const within = { programId, permissions: ['supervisor'], handler, what: 'schedule' } as const;
    if (!isOwn) await this.rights.within(person, within);
    const asked = {
      requester,
      ...partnerIn(partner),
      given,
      reason,
      via: 'staff',
      by: { type: 'staff', id: person.staffId },
      onBehalfOf: isOwn ? undefined : requester,
    } as const;
    const { row, warnings } = await this.swaps.proposed(tx, schedule, asked);
    const swap = await this.views.one(tx, schedule, row);
    const seen = markOf(swap);
    if (fields['act'] === 'request' && fields['seen'] === seen) {
      await this.swaps.request(tx, schedule, asked);
      return { outcome: 'requested' };
    }
    const isOther = fields['act'] === 'request';
    const problem = isOther ? 'Look at it once more: it is not what you saw before.' : null;
    return { outcome: 'looked', looked: { swap, warnings, seen }, problem };
  }

  async act(
    tx: Tx,
    person: Person,
    { id, name, fields }: { id: string; name: SwapActName; fields: FormFields },
  ): Promise<void> {
    const { version, gapReason = null, fatigueReason = null } = readForm(ActForm, fields);
    const accepted = { gapReason, fatigueReason };
    const handler = `SwapsPageController.${name}`;
    await this.acts[name](tx, person, { id, version, handler, accepted });
  }
}

function markOf({ requester, counterpart, given, inReturn, effect }: SwapShown): string {
  const people = effect?.changes.map(({ from, to, before, after }) => [from, to, before, after]);
  const all = JSON.stringify([requester, counterpart, given, inReturn, people]);
  return createHash('sha256').update(all).digest('base64url');
}
