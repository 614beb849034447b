import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/unit-of-work.js';
import { resolveOnCall } from './rules/resolve.js';
import { SchedulesStore } from './schedules.store.js';

export interface OnCallPerson {
  id: string;
  /** Names the schedule and the turn that puts this person on call. */
  why: string;
}

/** Who is on call, by the same pure resolver wherever the question is asked. */
@Injectable()
export class OnCall {
  constructor(private readonly store: SchedulesStore) {}

  /** Empty when there is no such schedule or nobody in it. */
  async resolve(tx: Tx, programId: string, scheduleKey: string, at: Date): Promise<OnCallPerson[]> {
    const schedule = await this.store.byKey(tx.db, programId, scheduleKey);
    const shift = schedule && resolveOnCall(schedule.rotation, at);
    if (!shift) return [];
    const until = shift.to.toISOString();
    return [{ id: shift.member, why: `schedule ${scheduleKey}, turn until ${until}` }];
  }
}
