import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/db/unit-of-work.js';
import type { Interval } from '../../rules/schedule.js';
import { BusyCalendarsStore } from './busy-calendars.store.js';

/** When people said that they have something else to do. It warns; it excludes nobody. */
@Injectable()
export class BusyTimes {
  constructor(private readonly store: BusyCalendarsStore) {}

  /** Whole busy times that meet the span, in order; without those who have none in it. */
  async of(tx: Tx, staffIds: readonly string[], span: Interval): Promise<Map<string, Interval[]>> {
    const times = new Map<string, Interval[]>();
    if (staffIds.length === 0) return times;
    for (const { staffId, from, to } of await this.store.times(tx.db, staffIds, span)) {
      times.set(staffId, [...(times.get(staffId) ?? []), { from, to }]);
    }
    return times;
  }
}
