import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import { OnCall } from '../../oncall/on-call.service.js';
import type { StoredSchedule } from '../../oncall/schedules/schedules.service.js';
import { ShiftEnds } from '../../oncall/shifts/shift-ends.js';
import { Notices } from '../../paging/notices.service.js';
import { Paging } from '../../paging/paging.service.js';
import type { OnCallContent } from '../../paging/rules/on-call/content.js';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { needsCheckIn, shiftDueAt, shiftMove } from '../rules/shift-clock.js';
import { CheckIns } from './check-ins.service.js';
import { type HeldShift, ShiftLocks } from './shift-locks.service.js';
import { stretchOf } from './shift-words.js';
import type { ShiftWatchRow } from './shift-watch.row.js';
import { ShiftWatchesStore } from './shift-watches.store.js';

/** The life of a shift by its clock: announced, begun, checked in, ended. */
@Injectable()
export class ShiftWatches {
  constructor(
    private readonly watches: ShiftWatchesStore,
    private readonly locks: ShiftLocks,
    private readonly checkIns: CheckIns,
    private readonly onCall: OnCall,
    private readonly ends: ShiftEnds,
    private readonly notices: Notices,
    private readonly paging: Paging,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  dueIds(limit: number): Promise<string[]> {
    return this.watches.dueIds(limit);
  }

  /** The shift's clock rang; harmless when it did not. */
  async advance(id: string): Promise<void> {
    await this.unitOfWork.runInBackground(async (tx) => {
      const held = await this.locks.hold(tx, id);
      if (held !== null) await this.move(tx, held);
    });
  }

  private move(tx: Tx, { schedule, watch }: HeldShift): Promise<void> {
    switch (shiftMove(tx.now, watch)) {
      case 'tell':
        return this.announce(tx, schedule, watch);
      case 'begin':
        return this.begin(tx, schedule, watch);
      case 'ask_again':
        return this.checkIns.ask(tx, schedule, watch);
      case 'miss':
        return this.checkIns.miss(tx, schedule, watch);
      case 'end':
        return this.end(tx, schedule, watch);
      case 'wait':
        return Promise.resolve();
    }
  }

  /** Whoever goes on without a break is not told that they go on. */
  private async announce(tx: Tx, schedule: StoredSchedule, watch: ShiftWatchRow): Promise<void> {
    const toldAt = tx.now;
    this.watches.update(tx, watch.id, { toldAt, dueAt: shiftDueAt({ ...watch, toldAt }) });
    if (await this.watches.follows(tx.db, watch)) return;
    await this.tell(tx, watch, 'going-on', {
      ...stretchOf(schedule, watch),
      reason: 'going_on',
    });
  }

  private async begin(tx: Tx, schedule: StoredSchedule, watch: ShiftWatchRow): Promise<void> {
    const isAsked =
      watch.rootId !== null ||
      (schedule.body.checkIn &&
        needsCheckIn(watch.fromAt, await this.watches.lastAskedFrom(tx.db, watch)));
    if (isAsked) return this.checkIns.ask(tx, schedule, watch);
    const next = { ...watch, state: 'on' as const };
    this.watches.update(tx, watch.id, { state: 'on', dueAt: shiftDueAt(next) });
  }

  /** Open cases are offered to whoever comes; whoever leaves is told what is still theirs. */
  private async end(tx: Tx, schedule: StoredSchedule, watch: ShiftWatchRow): Promise<void> {
    this.watches.update(tx, watch.id, { state: 'over', endedAt: tx.now, dueAt: null });
    if (watch.state === 'asked') await this.paging.withdraw(tx, 'check_in', watch.id);
    const { programId, staffId, fromAt, toAt } = watch;
    this.audit.record(tx, {
      stream: 'system',
      action: 'shift.ended',
      actor: { type: 'system' },
      subjectRef: watch.id,
      body: { scheduleId: schedule.id, staffId, state: watch.state },
    });
    // Nobody goes off who was never on, or who goes on without a break.
    if (watch.state === 'planned' || (await this.watches.goesOn(tx.db, watch))) return;
    const onCall = await this.onCall.idsAt(tx, schedule, tx.now);
    if (onCall.includes(staffId)) return;
    const openCases = await this.ends.tell(tx, {
      programId,
      scheduleId: schedule.id,
      scheduleName: schedule.name,
      zone: schedule.body.zone,
      from: fromAt,
      to: toAt,
      outgoing: staffId,
      incoming: onCall,
      isStillOnCall: await this.watches.isOnElsewhere(tx.db, watch, tx.now),
    });
    if (watch.stoodInAt !== null) return; // They were told that somebody else has it.
    const content = { ...stretchOf(schedule, watch), reason: 'going_off' as const, openCases };
    await this.tell(tx, watch, 'going-off', content);
  }

  private tell(
    tx: Tx,
    { id, staffId }: ShiftWatchRow,
    occasion: string,
    content: OnCallContent,
  ): Promise<void> {
    return this.notices.tell(tx, { subjectId: id, occasion, staffIds: [staffId], content });
  }
}
