import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { OnCallChanges, type OnCallListener } from '../on-call-changes.js';
import type { Accepted } from '../overrides/override-effects.service.js';
import { Overrides } from '../overrides/overrides.service.js';
import { hullOf, isSameTerms, type Terms, termsNow } from '../rules/exchange/swapped.js';
import { Schedules, type StoredSchedule } from '../schedules/schedules.service.js';
import { SwapRecord } from './swap-record.service.js';
import { changedFieldsOf, changedTermsOf, SwapTerms, termsOf } from './swap-terms.service.js';
import type { SwapRow } from './swap.row.js';
import { Swaps } from './swaps.service.js';
import { SwapsStore } from './swaps.store.js';

const by = { type: 'system' } as const;
const nothing: Terms = { given: null, inReturn: null };
/** A swap that is undone leaves who was on call without it: that was published, and accepted. */
const accepted: Accepted = { gapReason: null, fatigueReason: null };

/** What happens to swaps without anybody's act: time passes, and schedules change under them. */
@Injectable()
export class SwapClock implements OnCallListener, OnModuleInit {
  constructor(
    private readonly store: SwapsStore,
    private readonly terms: SwapTerms,
    private readonly record: SwapRecord,
    private readonly swaps: Swaps,
    private readonly overrides: Overrides,
    private readonly schedules: Schedules,
    private readonly changes: OnCallChanges,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.changes.register(this);
  }

  dueIds(limit: number): Promise<string[]> {
    return this.store.dueIds(limit);
  }

  /** Its clock rang; harmless when it did not. */
  async strike(id: string): Promise<void> {
    await this.unitOfWork.runInBackground(async (tx) => {
      const found = await this.store.byId(tx.db, id);
      if (found === null) return;
      const schedule = await this.overrides.hold(tx, found.scheduleId);
      const row = await this.store.byId(tx.db, id);
      if (!row?.dueAt || row.dueAt > tx.now) return;
      if (row.state === 'requested') await this.expire(tx, schedule, row, 'not_answered');
      else await this.leaveStanding(tx, schedule, row);
    });
  }

  async onCallChanged(tx: Tx, _programId: string, scheduleId?: string): Promise<void> {
    if (scheduleId === undefined) return;
    const open = await this.store.open(tx.db, scheduleId, tx.now);
    if (open.length === 0) return;
    const schedule = (await this.schedules.byId(tx, scheduleId)) as StoredSchedule;
    for (const row of open) await this.compare(tx, schedule, row);
  }

  /** What has started goes on as it is. */
  private async compare(tx: Tx, schedule: StoredSchedule, row: SwapRow): Promise<void> {
    const agreed = termsOf(row);
    const begins = hullOf(agreed)?.from ?? 0;
    if (begins <= tx.now.getTime()) return;
    const shifts = await this.terms.shifts(tx, schedule, agreed, row.id);
    const now = termsNow(shifts, row, agreed);
    const isSame = isSameTerms(now, agreed);
    if (row.state === 'requested') {
      if (!isSame) await this.expire(tx, schedule, row, 'shift_changed');
    } else if (isSame) {
      if (row.state === 'reconfirm') await this.fitsAgain(tx, schedule, row);
    } else if (isSameTerms(now, nothing)) {
      await this.undo(tx, schedule, row);
    } else if (row.state === 'accepted' || !isSameTerms(now, changedTermsOf(row))) {
      const dueAt = new Date(begins);
      const change = { state: 'reconfirm', dueAt, ...changedFieldsOf(now) } as const;
      await this.record.move(tx, schedule, row, { action: 'swap.shift_changed', change, by });
    }
  }

  private async expire(
    tx: Tx,
    schedule: StoredSchedule,
    row: SwapRow,
    outcome: 'not_answered' | 'shift_changed',
  ): Promise<void> {
    const change = { state: 'expired', dueAt: null, settledAt: tx.now, outcome } as const;
    await this.record.move(tx, schedule, row, { action: 'swap.expired', change, by });
  }

  /** Whoever went by what was agreed is not surprised at the last second. */
  private async leaveStanding(tx: Tx, schedule: StoredSchedule, row: SwapRow): Promise<void> {
    const cleared = changedFieldsOf(nothing);
    const outcome = 'not_confirmed';
    const change = { state: 'accepted', dueAt: null, outcome, ...cleared } as const;
    await this.record.move(tx, schedule, row, { action: 'swap.left_standing', change, by });
  }

  private async fitsAgain(tx: Tx, schedule: StoredSchedule, row: SwapRow): Promise<void> {
    const change = { state: 'accepted', dueAt: null, ...changedFieldsOf(nothing) } as const;
    await this.record.move(tx, schedule, row, { action: 'swap.confirmed', change, by });
  }

  /** Nothing is left to exchange. */
  private async undo(tx: Tx, schedule: StoredSchedule, row: SwapRow): Promise<void> {
    const outcome = 'shift_gone';
    const change = { state: 'undone', dueAt: null, settledAt: tx.now, outcome } as const;
    await this.record.move(tx, schedule, row, { action: 'swap.undone', change, by });
    await this.swaps.takeBack(tx, schedule, row, { accepted, by, gapsSeenLater: true });
  }
}
