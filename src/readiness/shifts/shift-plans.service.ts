import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OnCallChanges, type OnCallListener } from '../../oncall/on-call-changes.js';
import { OnCall } from '../../oncall/on-call.service.js';
import { Schedules, type StoredSchedule } from '../../oncall/schedules/schedules.service.js';
import { PolicyUse } from '../../oncall/shifts/policy-use.service.js';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { shiftDueAt } from '../rules/shift-clock.js';
import { changePlan, type KnownShift, type PlannedShift } from '../rules/shift-plan.js';
import { ShiftPlansStore } from './shift-plans.store.js';
import type { ShiftWatchRow } from './shift-watch.row.js';
import { ShiftWatchesStore } from './shift-watches.store.js';

const aheadMs = 48 * 3_600_000;
/** How far the end of a shift is looked for. */
const endsWithinMs = 35 * 86_400_000;
const everyMs = 3_600_000;
const priority = 5;

/** Which shifts are watched: those of the resolver, looked at after every change and every hour. */
@Injectable()
export class ShiftPlans implements OnModuleInit, OnCallListener {
  constructor(
    private readonly plans: ShiftPlansStore,
    private readonly watches: ShiftWatchesStore,
    private readonly changes: OnCallChanges,
    private readonly onCall: OnCall,
    private readonly schedules: Schedules,
    private readonly policies: PolicyUse,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.changes.register(this);
  }

  /** Within this transaction it is due, whatever becomes of the bell. */
  async onCallChanged(tx: Tx, programId: string): Promise<void> {
    await this.plans.ask(tx.db, programId, tx.now);
    tx.ring({ job: 'plan-shifts', id: programId, priority });
  }

  dueIds(limit: number): Promise<string[]> {
    return this.plans.dueIds(limit);
  }

  /** Harmless when it is not due. */
  async plan(programId: string): Promise<void> {
    await this.unitOfWork.runInBackground(async (tx) => {
      await this.schedules.holdAll(tx, programId);
      const plan = await this.plans.claim(tx.db, programId, tx.now);
      if (plan === null) return;
      const schedules = await this.policies.schedulesInUse(tx, programId);
      for (const one of schedules) await this.planOne(tx, one, plan.plannedAt ?? tx.now);
      const used = schedules.map(({ id }) => id);
      await this.watches.removeUnused(tx.db, programId, used);
      const dueAt = new Date(tx.now.getTime() + everyMs);
      await this.plans.finish(tx.db, programId, { plannedAt: tx.now, dueAt });
    });
  }

  private async planOne(tx: Tx, schedule: StoredSchedule, plannedAt: Date): Promise<void> {
    const now = tx.now.getTime();
    const seenFrom = plannedAt.getTime() - 1; // What began just then is seen to begin.
    const span = { from: seenFrom, to: now + endsWithinMs };
    const [rows, shifts] = await Promise.all([
      this.watches.lockOf(tx.db, schedule.id, new Date(seenFrom)),
      this.onCall.shifts(tx, schedule, span),
    ]);
    const bounds = { now, seenFrom, until: now + aheadMs };
    const { added, retimed, removed } = changePlan(rows.map(asKnown), shifts, bounds);
    await this.watches.remove(tx.db, removed);
    for (const { id, to } of retimed) {
      const row = rows.find((one) => one.id === id);
      if (row !== undefined) this.retime(tx, row, new Date(to));
    }
    for (const one of added) await this.add(tx, schedule, one);
  }

  private async add(tx: Tx, schedule: StoredSchedule, shift: PlannedShift): Promise<void> {
    const { staffId, from, to, isUnderWay } = shift;
    const row = newWatch({
      programId: schedule.programId,
      scheduleId: schedule.id,
      staffId,
      // Nobody is asked about a shift that had begun before anybody looked.
      state: isUnderWay ? 'on' : 'planned',
      fromAt: new Date(from),
      toAt: new Date(to),
    });
    if (await this.watches.insert(tx.db, row)) this.ringIfDue(tx, row);
  }

  private retime(tx: Tx, row: ShiftWatchRow, toAt: Date): void {
    const next = { ...row, toAt };
    const dueAt = shiftDueAt(next);
    this.watches.update(tx, row.id, { toAt, dueAt });
    this.ringIfDue(tx, { ...next, dueAt });
  }

  private ringIfDue(tx: Tx, { id, dueAt }: ShiftWatchRow): void {
    if (dueAt !== null && dueAt <= tx.now) tx.ring({ job: 'advance-shift', id, priority });
  }
}

type FreshWatch = Pick<
  ShiftWatchRow,
  'programId' | 'scheduleId' | 'staffId' | 'fromAt' | 'toAt' | 'state'
>;

/** With its clock, on which nothing has happened yet. */
export function newWatch(fresh: FreshWatch): ShiftWatchRow {
  const row = {
    id: newId(),
    ...fresh,
    toldAt: null,
    asks: 0,
    askedAt: null,
    answeredAt: null,
    answeredVia: null,
    missedAt: null,
    stoodInAt: null,
    endedAt: null,
    rootId: null,
    overrideId: null,
  };
  return { ...row, dueAt: shiftDueAt(row) };
}

function asKnown({ id, staffId, fromAt, toAt, state }: ShiftWatchRow): KnownShift {
  return {
    id,
    staffId,
    from: fromAt.getTime(),
    to: toAt.getTime(),
    isOver: state === 'over',
    isPlanned: state === 'planned',
  };
}
