import { Injectable } from '@nestjs/common';
import { Overrides } from '../../oncall/overrides/overrides.service.js';
import type { StoredSchedule } from '../../oncall/schedules/schedules.service.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { ShiftPlansStore } from './shift-plans.store.js';
import type { ShiftWatchRow } from './shift-watch.row.js';
import { ShiftWatchesStore } from './shift-watches.store.js';

export interface HeldShift {
  schedule: StoredSchedule;
  watch: ShiftWatchRow;
}

/** One order for everybody: the schedule, its program's plan, the shift. */
@Injectable()
export class ShiftLocks {
  constructor(
    private readonly overrides: Overrides,
    private readonly plans: ShiftPlansStore,
    private readonly watches: ShiftWatchesStore,
  ) {}

  /** Null when the shift is not to come any more. */
  async hold(tx: Tx, watchId: string): Promise<HeldShift | null> {
    const seen = await this.watches.byId(watchId, tx.db);
    if (seen === null) return null;
    const schedule = await this.overrides.hold(tx, seen.scheduleId);
    await this.plans.hold(tx.db, seen.programId);
    const watch = await this.watches.lock(tx.db, watchId);
    return watch && { schedule, watch };
  }
}
