import { Injectable } from '@nestjs/common';
import { Alarms } from '../../alarms/alarms.service.js';
import { Audit } from '../../audit/audit.service.js';
import { OnCall } from '../../oncall/on-call.service.js';
import { Overrides, type StoredOverride } from '../../oncall/overrides/overrides.service.js';
import type { StoredSchedule } from '../../oncall/schedules/schedules.service.js';
import { PolicyUse } from '../../oncall/shifts/policy-use.service.js';
import { Notices } from '../../paging/notices.service.js';
import { Paging } from '../../paging/paging.service.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { newWatch } from './shift-plans.service.js';
import { stretchOf } from './shift-words.js';
import type { ShiftWatchRow } from './shift-watch.row.js';
import { ShiftWatchesStore } from './shift-watches.store.js';

export type WhyMissing = 'missed' | 'declined' | 'unreachable';

const bySystem = { type: 'system' } as const;
const reasons: Record<WhyMissing, string> = {
  missed: 'No answer to the check-in at the beginning of the shift',
  declined: 'Said at the check-in that they cannot',
  unreachable: 'No page could reach them at the beginning of the shift',
};

/** Puts somebody on call for whoever is not there at the beginning of their shift. */
@Injectable()
export class StandIns {
  constructor(
    private readonly watches: ShiftWatchesStore,
    private readonly overrides: Overrides,
    private readonly policies: PolicyUse,
    private readonly onCall: OnCall,
    private readonly alarms: Alarms,
    private readonly paging: Paging,
    private readonly notices: Notices,
    private readonly audit: Audit,
  ) {}

  /**
   * By an override that everybody sees, and with an alarm to the supervisors. Where nobody is found
   * nothing changes but the alarm: whoever is missing stays on call, and may still answer.
   */
  async replace(
    tx: Tx,
    schedule: StoredSchedule,
    watch: ShiftWatchRow,
    why: WhyMissing,
  ): Promise<void> {
    const rootId = watch.rootId ?? watch.id;
    const override = await this.promote(tx, schedule, watch, why);
    const missing = {
      state: why === 'declined' ? ('declined' as const) : ('missed' as const),
      missedAt: tx.now,
      stoodInAt: override && tx.now,
      dueAt: watch.toAt,
    };
    this.watches.update(tx, watch.id, missing);
    this.audit.record(tx, {
      stream: 'system',
      action: 'check_in.missed',
      actor: bySystem,
      subjectRef: watch.id,
      body: {
        scheduleId: schedule.id,
        staffId: watch.staffId,
        why,
        standIn: override?.incoming ?? null,
        overrideId: override?.id ?? null,
      },
    });
    await this.alarms.open(tx, {
      kind: 'check_in_missed',
      programId: watch.programId,
      // One alarm for all who were asked in vain, and another one when nobody is left to ask.
      subjectId: override === null ? watch.id : rootId,
      content: {
        ...stretchOf(schedule, watch),
        reason: 'check_in_missed',
        standIn: override !== null,
      },
    });
    if (override === null) return;
    await this.paging.withdraw(tx, 'check_in', watch.id);
    await this.watchStandIn(tx, watch, override);
    if (why !== 'declined') await this.tellLate(tx, schedule, watch);
  }

  private async promote(
    tx: Tx,
    schedule: StoredSchedule,
    watch: ShiftWatchRow,
    why: WhyMissing,
  ): Promise<StoredOverride | null> {
    if (watch.toAt <= tx.now) return null;
    for (const incoming of await this.candidates(tx, schedule, watch.rootId ?? watch.id)) {
      const wanted = {
        scheduleId: schedule.id,
        kind: 'replace' as const,
        from: tx.now,
        to: watch.toAt,
        incoming,
        outgoing: watch.staffId,
        reason: reasons[why],
        by: bySystem,
        via: 'check_in' as const,
        // Somebody whose phone failed a test is still more than somebody who did not answer.
        gapsSeenLater: true,
      };
      try {
        return (await this.overrides.make(tx, wanted)).row;
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        // Safe: it is refused before anything is written. The next one is asked.
      }
    }
    return null;
  }

  /**
   * Nobody who was asked for this shift before, who is on call on the schedule, or who is missing
   * from another one; whoever stands in for somebody already comes last.
   */
  private async candidates(tx: Tx, schedule: StoredSchedule, rootId: string): Promise<string[]> {
    const [after, asked, onCall, notFree] = await Promise.all([
      this.policies.after(tx, schedule),
      this.watches.askedFor(tx.db, rootId),
      this.onCall.idsAt(tx, schedule, tx.now),
      this.watches.notFree(tx.db, schedule.programId, tx.now),
    ]);
    const missing = notFree.flatMap(({ id, isMissing }) => (isMissing ? [id] : []));
    const standIns = new Set(notFree.map(({ id }) => id));
    const left = after.filter((id) => ![...asked, ...onCall, ...missing].includes(id));
    return left.toSorted((a, b) => Number(standIns.has(a)) - Number(standIns.has(b)));
  }

  private async watchStandIn(
    tx: Tx,
    { rootId, id, programId, scheduleId }: ShiftWatchRow,
    { id: overrideId, incoming, fromAt, toAt }: StoredOverride,
  ): Promise<void> {
    if (incoming === null) throw new Error(`Override ${overrideId} brings nobody.`);
    const fresh = { programId, scheduleId, staffId: incoming, fromAt, toAt };
    const row = { ...newWatch({ ...fresh, state: 'planned' }), rootId: rootId ?? id, overrideId };
    await this.watches.insert(tx.db, row);
    tx.ring({ job: 'advance-shift', id: row.id, priority: 3 });
  }

  private tellLate(tx: Tx, schedule: StoredSchedule, watch: ShiftWatchRow): Promise<void> {
    return this.notices.tell(tx, {
      subjectId: watch.id,
      occasion: 'stood-in-for',
      staffIds: [watch.staffId],
      content: { ...stretchOf(schedule, watch), reason: 'stood_in_for' },
    });
  }
}
