import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/unit-of-work.js';
import type { OnCallPerson } from './rules/answering/choose-people.js';
import { resolveOnCall } from './rules/resolve.js';
import { SchedulesStore } from './schedules.store.js';

/** Who is on call, by the same pure resolver wherever the question is asked. */
@Injectable()
export class OnCall {
  constructor(private readonly store: SchedulesStore) {}

  /** Empty when there is no such schedule or nobody in it. */
  async resolve(tx: Tx, programId: string, scheduleKey: string, at: Date): Promise<OnCallPerson[]> {
    const onCall = await this.prepare(tx, programId, [scheduleKey]);
    return onCall(scheduleKey, at);
  }

  /** The same for these schedules and any number of instants. */
  async prepare(
    tx: Tx,
    programId: string,
    scheduleKeys: readonly string[],
  ): Promise<(scheduleKey: string, at: Date) => OnCallPerson[]> {
    const found = await Promise.all(
      scheduleKeys.map((key) => this.store.byKey(tx.db, programId, key)),
    );
    const schedules = new Map(found.flatMap((one) => (one ? [[one.key, one] as const] : [])));
    return (scheduleKey, at) => {
      const schedule = schedules.get(scheduleKey);
      const shift = schedule && resolveOnCall(schedule.rotation, at);
      if (!shift) return [];
      const until = shift.to.toISOString();
      return [{ id: shift.member, why: `schedule ${scheduleKey}, turn until ${until}` }];
    };
  }
}
