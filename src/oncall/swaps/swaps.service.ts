import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Staff } from '../../staff/staff.service.js';
import { saidStretch, type Warning } from '../effects/warnings.js';
import { OverrideDrafts } from '../overrides/override-drafts.service.js';
import { type Accepted, OverrideEffects } from '../overrides/override-effects.service.js';
import type { OverrideRow } from '../overrides/override.row.js';
import { Overrides } from '../overrides/overrides.service.js';
import { OverridesStore } from '../overrides/overrides.store.js';
import { isInConflict } from '../rules/exchange/conflicts.js';
import { asWhole, givenOf, hullOf, overridesOf, type Terms } from '../rules/exchange/swapped.js';
import type { Interval } from '../rules/schedule.js';
import type { StoredSchedule } from '../schedules/schedules.service.js';
import { type Doer, SwapRecord } from './swap-record.service.js';
import { fieldsOf, requestOf, type SwapAsked, SwapTerms, termsOf } from './swap-terms.service.js';
import type { SwapRow } from './swap.row.js';
import { SwapsStore } from './swaps.store.js';

export type StoredSwap = Readonly<SwapRow>;

const nothingAccepted: Accepted = { gapReason: null, fatigueReason: null };

/** Shift swaps as they are asked for and carried out; the schedule is held in every act. */
@Injectable()
export class Swaps {
  constructor(
    private readonly store: SwapsStore,
    private readonly terms: SwapTerms,
    private readonly record: SwapRecord,
    private readonly overrides: Overrides,
    private readonly overridesStore: OverridesStore,
    private readonly drafts: OverrideDrafts,
    private readonly effects: OverrideEffects,
    private readonly staff: Staff,
  ) {}

  /** Waits for the counterpart until the earlier shift starts, for 72 hours at the most. */
  async request(
    tx: Tx,
    schedule: StoredSchedule,
    asked: SwapAsked,
  ): Promise<{ row: SwapRow; warnings: Warning[] }> {
    const { row, warnings } = await this.proposed(tx, schedule, asked);
    await this.store.insert(tx.db, row);
    await this.record.tell(tx, schedule, row, { action: 'swap.requested', before: null, ...asked });
    return { row, warnings };
  }

  /** Both have agreed elsewhere, as a program's file says. */
  async arrange(
    tx: Tx,
    schedule: StoredSchedule,
    asked: SwapAsked & { accepted: Accepted },
  ): Promise<{ row: SwapRow; warnings: Warning[] }> {
    const { row } = await this.proposed(tx, schedule, asked, true);
    Object.assign(row, { state: 'accepted', dueAt: null, settledAt: tx.now });
    await this.store.insert(tx.db, row);
    const { by, accepted } = asked;
    await this.record.tell(tx, schedule, row, { action: 'swap.accepted', before: null, by });
    const doing = { by, accepted, gapsSeenLater: true };
    return { row, warnings: await this.carryOut(tx, schedule, row, doing) };
  }

  /** Puts into force what the row says, in place of what it said before. */
  async carryOut(
    tx: Tx,
    schedule: StoredSchedule,
    row: SwapRow,
    { accepted, ...doer }: Doer & { accepted: Accepted; gapsSeenLater?: boolean },
  ): Promise<Warning[]> {
    const dropped = await this.overridesStore.ofSwaps(tx.db, [row.id]);
    const made = await this.draftsOf(tx, schedule, row, doer);
    const change = { made, dropped };
    return (await this.overrides.change(tx, schedule, change, { accepted, ...doer })).warnings;
  }

  /** Takes everything of it back. */
  async takeBack(
    tx: Tx,
    schedule: StoredSchedule,
    row: SwapRow,
    { accepted, ...doer }: Doer & { accepted: Accepted; gapsSeenLater?: boolean },
  ): Promise<void> {
    const dropped = await this.overridesStore.ofSwaps(tx.db, [row.id]);
    if (dropped.length === 0) return;
    await this.overrides.change(tx, schedule, { made: [], dropped }, { accepted, ...doer });
  }

  /** What would be asked for, without asking anybody. */
  async proposed(
    tx: Tx,
    schedule: StoredSchedule,
    asked: SwapAsked,
    isAgreed = false,
  ): Promise<{ row: SwapRow; warnings: Warning[] }> {
    const { requester, counterpart, given, inReturn } = asked;
    if (requester === counterpart) {
      throw new Rejection('unprocessable', 'Nobody swaps with themselves.', 'same_person');
    }
    const parts = inReturn ? [given, inReturn] : [given];
    if (parts.some(({ from, to }) => from >= to)) {
      throw new Rejection('unprocessable', 'A stretch ends before it begins.', 'span');
    }
    const begins = Math.min(...parts.map(({ from }) => from));
    if (begins <= tx.now.getTime() && !isAgreed) {
      const text = 'It has started: a supervisor can make an override for the rest of it.';
      throw new Rejection('unprocessable', text, 'swap_started');
    }
    const row = requestOf(tx, schedule, asked, {
      given: asWhole(given),
      inReturn: asWhole(inReturn),
    });
    await this.refuseConflict(tx, schedule, row);
    const change = { made: await this.draftsOf(tx, schedule, row, asked), dropped: [] };
    const seenLater = { gapsSeenLater: isAgreed, fatigueSeenLater: true };
    const judged = { row: schedule, change, accepted: nothingAccepted, ...seenLater };
    const { warnings } = await this.effects.judge(tx, judged);
    Object.assign(row, fieldsOf(await this.theirs(tx, schedule, row)));
    return { row, warnings };
  }

  /** 422 unless each gives what is theirs. */
  private async theirs(tx: Tx, schedule: StoredSchedule, row: SwapRow): Promise<Terms> {
    const { given, inReturn } = termsOf(row);
    const shifts = await this.terms.shifts(tx, schedule, { given, inReturn }, row.id);
    const names = await this.staff.names([row.requester, row.counterpart], tx.db);
    const own = (person: string, part: Interval | null) => {
      if (part === null) return null;
      const found = givenOf(shifts, person, part);
      if (found !== null) return found;
      const when = saidStretch(schedule.body.zone, part);
      const text = `${names.get(person)} has no shift on this schedule from ${when}.`;
      throw new Rejection('unprocessable', text, 'not_their_shift');
    };
    return { given: own(row.requester, given), inReturn: own(row.counterpart, inReturn) };
  }

  private async draftsOf(
    tx: Tx,
    schedule: StoredSchedule,
    row: SwapRow,
    { by }: Doer,
  ): Promise<OverrideRow[]> {
    const drafts: OverrideRow[] = [];
    const all = overridesOf(row, termsOf(row)).filter(({ to }) => to > tx.now.getTime());
    for (const { kind, from, to, incoming, outgoing } of all) {
      const draft = await this.drafts.of(tx, schedule, {
        scheduleId: schedule.id,
        kind,
        from: new Date(from),
        to: new Date(to),
        incoming,
        outgoing,
        reason: row.reason,
        by,
        via: 'swap',
        swapId: row.id,
      });
      drafts.push(draft);
    }
    return drafts;
  }

  /** 409 with another swap of the same people that is open or holds. */
  private async refuseConflict(tx: Tx, { id, body }: StoredSchedule, row: SwapRow): Promise<void> {
    const parts = touching(row);
    const open = await this.store.open(tx.db, id, tx.now);
    const other = open.find((one) =>
      touching(one).some((old) => parts.some((part) => isInConflict(part, old))),
    );
    if (other === undefined) return;
    const { requester, counterpart, state, madeBy } = other;
    const names = await this.staff.names([requester, counterpart], tx.db);
    const { from, to } = hullOf(termsOf(other)) as Interval;
    const people = `${names.get(requester)} and ${names.get(counterpart)}`;
    throw new Rejection(
      'conflict',
      `Another swap has it already: ${people}, ${saidStretch(body.zone, { from, to })}, ${state}.`,
      'swap_conflict',
      {
        swap: {
          id: other.id,
          state,
          requester: { id: requester, name: names.get(requester) ?? null },
          counterpart: { id: counterpart, name: names.get(counterpart) ?? null },
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          madeBy,
        },
      },
    );
  }
}

const touching = (row: SwapRow) =>
  overridesOf(row, termsOf(row)).map(({ incoming, outgoing, from, to }) => ({
    people: [incoming, outgoing],
    from,
    to,
  }));
