import { Injectable } from '@nestjs/common';
import { Schedules, type StoredSchedule } from '../../oncall/schedules/schedules.service.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Staff } from '../../staff/staff.service.js';
import type { ShiftWatchRow } from '../shifts/shift-watch.row.js';
import { ShiftWatchesStore } from '../shifts/shift-watches.store.js';

interface Named {
  id: string;
  name: string | null;
}

export interface CheckInView {
  watch: Readonly<ShiftWatchRow>;
  schedule: StoredSchedule;
  person: Named;
  /** Who was not there when the shift began; null: it is their own. */
  standsInFor: Named | null;
}

/** The shifts under way and those of the next 48 hours, and who has checked in for them. */
@Injectable()
export class CheckInViews {
  constructor(
    private readonly watches: ShiftWatchesStore,
    private readonly schedules: Schedules,
    private readonly staff: Staff,
  ) {}

  /** By their beginning. */
  async ofProgram(tx: Tx, programId: string): Promise<CheckInView[]> {
    const rows = await this.watches.listOf(tx.db, programId, tx.now);
    const rootIds = rows.flatMap(({ rootId }) => rootId ?? []);
    const roots = await this.watches.byIds(tx.db, rootIds);
    const people = [...rows, ...roots.values()].map(({ staffId }) => staffId);
    const names = await this.staff.names(people, tx.db);
    const named = (id: string): Named => ({ id, name: names.get(id) ?? null });
    const schedules = await this.schedules.ofProgram(tx, programId);
    return rows.flatMap((watch) => {
      const schedule = schedules.find(({ id }) => id === watch.scheduleId);
      if (schedule === undefined) return [];
      const root = roots.get(watch.rootId ?? '');
      const standsInFor = root === undefined ? null : named(root.staffId);
      return { watch, schedule, person: named(watch.staffId), standsInFor };
    });
  }
}
