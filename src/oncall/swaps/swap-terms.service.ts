import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { asOverride } from '../overrides/override-effects.service.js';
import { OverridesStore } from '../overrides/overrides.store.js';
import { type Difference, differences } from '../rules/differences.js';
import { type Given, hullOf, overridesOf, type Terms } from '../rules/exchange/swapped.js';
import { shiftsOf } from '../rules/resolve.js';
import type { Interval, Override, Shift } from '../rules/schedule.js';
import { timeline } from '../rules/timeline.js';
import { asSchedule, type StoredSchedule } from '../schedules/schedules.service.js';
import type { Doer } from './swap-record.service.js';
import type { SwapRow } from './swap.row.js';

const answerWithinMs = 72 * 3_600_000;
/** Far enough to see where a shift of a month begins and ends. */
const reachMs = 35 * 86_400_000;

export interface SwapAsked extends Doer {
  requester: string;
  counterpart: string;
  /** Within one shift of the requester. */
  given: Interval;
  /** Within one shift of the counterpart; null: nothing. */
  inReturn: Interval | null;
  reason: string;
  via: SwapRow['madeVia'];
  fileKey?: string | undefined;
}

/** What a swap exchanges, against who is on call without it. */
@Injectable()
export class SwapTerms {
  constructor(private readonly overrides: OverridesStore) {}

  /** Everybody's shifts around the terms, as they are without this swap. */
  async shifts(tx: Tx, schedule: StoredSchedule, terms: Terms, swapId: string): Promise<Shift[]> {
    const hull = hullOf(terms);
    if (hull === null) return [];
    const span = { from: hull.from - reachMs, to: hull.to + reachMs };
    const others = await this.others(tx, schedule, span, swapId);
    return shiftsOf(timeline(asSchedule(schedule.body, others), span));
  }

  /** Whom it puts on call and whom it lets off; null when it is settled. */
  async effect(tx: Tx, schedule: StoredSchedule, row: SwapRow): Promise<Difference[] | null> {
    const ways = waysOf(row);
    if (ways === null) return null;
    const { before, after } = ways;
    const all = [...before, ...after];
    if (all.length === 0) return [];
    const span = {
      from: Math.min(...all.map(({ from }) => from)),
      to: Math.max(...all.map(({ to }) => to)),
    };
    const others = await this.others(tx, schedule, span, row.id);
    const at = (own: Override[]) => timeline(asSchedule(schedule.body, [...others, ...own]), span);
    return differences(at(before), at(after));
  }

  private async others(
    tx: Tx,
    { id }: StoredSchedule,
    { from, to }: Interval,
    swapId: string,
  ): Promise<Override[]> {
    const known = await this.overrides.meeting(tx.db, id, new Date(from), new Date(to));
    return known.map(asOverride).filter((one) => one.swapId !== swapId);
  }
}

function waysOf(row: SwapRow): { before: Override[]; after: Override[] } | null {
  const own = overridesOf(row, termsOf(row));
  if (row.state === 'requested' || row.state === 'accepted') return { before: [], after: own };
  if (row.state !== 'reconfirm') return null;
  return { before: own, after: overridesOf(row, changedTermsOf(row)) };
}

export const termsOf = (row: SwapRow): Terms => ({
  given: part(row.givenFrom, row.givenTo, row.givenWhole),
  inReturn: part(row.returnFrom, row.returnTo, row.returnWhole),
});

export const changedTermsOf = (row: SwapRow): Terms => ({
  given: part(row.changedFrom, row.changedTo, row.givenWhole),
  inReturn: part(row.changedReturnFrom, row.changedReturnTo, row.returnWhole),
});

/** As columns of the row. */
export const fieldsOf = ({ given, inReturn }: Terms) => ({
  givenFrom: date(given?.from),
  givenTo: date(given?.to),
  givenWhole: given?.isWhole ?? false,
  returnFrom: date(inReturn?.from),
  returnTo: date(inReturn?.to),
  returnWhole: inReturn?.isWhole ?? false,
});

export const changedFieldsOf = ({ given, inReturn }: Terms) => ({
  changedFrom: date(given?.from),
  changedTo: date(given?.to),
  changedReturnFrom: date(inReturn?.from),
  changedReturnTo: date(inReturn?.to),
  requesterConfirmedAt: null,
  counterpartConfirmedAt: null,
});

function part(from: Date | null, to: Date | null, isWhole: boolean): Given | null {
  return from && to && { from: from.getTime(), to: to.getTime(), isWhole };
}

const date = (at: number | undefined): Date | null => (at === undefined ? null : new Date(at));

/** The row of a request, not yet written. */
export function requestOf(
  tx: Tx,
  { id: scheduleId }: StoredSchedule,
  { requester, counterpart, reason, via, fileKey, by }: SwapAsked,
  terms: Terms,
): SwapRow {
  const begins = (hullOf(terms) as Interval).from;
  return {
    id: newId(),
    scheduleId,
    state: 'requested',
    version: 1,
    requester,
    counterpart,
    ...fieldsOf(terms),
    changedFrom: null,
    changedTo: null,
    changedReturnFrom: null,
    changedReturnTo: null,
    requesterConfirmedAt: null,
    counterpartConfirmedAt: null,
    reason,
    outcome: null,
    fileKey: fileKey ?? null,
    madeVia: via,
    madeBy: by.type === 'staff' ? (by.id ?? null) : null,
    madeAt: tx.now,
    settledBy: null,
    settledAt: null,
    dueAt: new Date(Math.min(begins, tx.now.getTime() + answerWithinMs)),
  };
}
