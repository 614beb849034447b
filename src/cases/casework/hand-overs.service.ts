import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Alarms } from '../../alarms/alarms.service.js';
import { Audit } from '../../audit/audit.service.js';
import { OnCall } from '../../oncall/on-call.service.js';
import { type ShiftEnd, type ShiftEndListener, ShiftEnds } from '../../oncall/shifts/shift-ends.js';
import { Paging } from '../../paging/paging.service.js';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Staff } from '../../staff/staff.service.js';
import { bySystem, CaseMoves, contentOf } from '../case-moves.service.js';
import type { CaseRow } from '../case.row.js';
import { CasesStore } from '../cases.store.js';
import { pagePriority } from '../rules/policy.js';
import { type HandOver, HandOversStore } from './hand-overs.store.js';

/** How long whoever comes has to accept a case by name. */
const acceptMs = 600_000;
const inHand: readonly string[] = ['acknowledged', 'in_contact'];

/**
 * At the end of a shift what is in hand is offered by name to whoever comes. It stays with its
 * owner until somebody takes it: no clock moves, closes or releases a case.
 */
@Injectable()
export class HandOvers implements OnModuleInit, ShiftEndListener {
  constructor(
    private readonly store: HandOversStore,
    private readonly cases: CasesStore,
    private readonly moves: CaseMoves,
    private readonly staff: Staff,
    private readonly alarms: Alarms,
    private readonly paging: Paging,
    private readonly ends: ShiftEnds,
    private readonly onCall: OnCall,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.ends.register(this);
  }

  async shiftEnded(tx: Tx, end: ShiftEnd): Promise<number> {
    const { programId, outgoing } = end;
    if (!end.isStillOnCall) {
      const rows = await this.store.lockWorkedBy(tx.db, programId, outgoing);
      for (const row of rows) await this.offer(tx, row, end);
    }
    return this.store.countOwnedBy(tx.db, programId, outgoing);
  }

  dueIds(limit: number): Promise<string[]> {
    return this.store.dueIds(limit);
  }

  /** The time to accept it is over; harmless when it is not. */
  async remind(id: string): Promise<void> {
    await this.unitOfWork.runInBackground(async (tx) => {
      const seen = await this.store.byId(tx.db, id);
      const row = seen && (await this.cases.lock(tx.db, seen.caseId));
      const offered = row && (await this.store.byId(tx.db, id, { lock: true }));
      if (!row || !offered?.dueAt || offered.dueAt > tx.now) return;
      const outcome = outcomeOf(row, offered);
      this.store.update(tx, id, { dueAt: null, settledAt: tx.now, outcome });
      if (outcome === 'not_accepted') await this.tellSupervisors(tx, row, offered);
    });
  }

  /** What somebody has offered by hand already is left to them. */
  private async offer(tx: Tx, row: CaseRow, end: ShiftEnd): Promise<void> {
    const { scheduleId, outgoing, incoming } = end;
    if (row.handOverTo !== null) return;
    await this.insert(tx, row, { scheduleId, outgoing, to: await this.first(tx, row, incoming) });
  }

  private async first(tx: Tx, row: CaseRow, people: readonly string[]): Promise<string | null> {
    const declined = await this.cases.declinedBy(tx.db, row.id);
    const willing = people.filter((id) => !declined.includes(id));
    const [first = null] = await this.staff.reachable(tx, willing, row);
    return first;
  }

  private async insert(
    tx: Tx,
    row: CaseRow,
    { scheduleId, outgoing, to }: Pick<HandOver, 'scheduleId' | 'outgoing'> & { to: string | null },
  ): Promise<void> {
    const handOver: HandOver = {
      id: newId(),
      caseId: row.id,
      scheduleId,
      outgoing,
      incoming: to,
      offeredAt: tx.now,
      dueAt: to === null ? tx.now : new Date(tx.now.getTime() + acceptMs),
      settledAt: null,
      outcome: null,
    };
    this.store.insert(tx, handOver);
    if (to === null) {
      const priority = pagePriority(row.acuity);
      return tx.ring({ job: 'remind-hand-over', id: handOver.id, priority });
    }
    await this.offerTo(tx, row, to, handOver.id);
  }

  private async offerTo(tx: Tx, row: CaseRow, to: string, handOverId: string): Promise<void> {
    const body = { to, handOverId, why: 'shift_ended' };
    const event = { type: 'hand_over_offered', to } as const;
    await this.moves.moveStored(tx, row, event, { ...bySystem, body });
  }

  private async tellSupervisors(tx: Tx, row: CaseRow, handOver: HandOver): Promise<void> {
    const { id, outgoing, incoming } = handOver;
    this.audit.record(tx, {
      stream: `case:${row.id}`,
      action: 'case.hand_over_not_accepted',
      actor: { type: 'system' },
      subjectRef: row.id,
      body: { handOverId: id, outgoing, incoming },
    });
    await this.offerAgain(tx, row, handOver);
    await this.alarms.open(tx, {
      kind: 'hand_over_open',
      programId: row.programId,
      subjectId: row.id,
      content: contentOf(row, 'hand_over_open'),
    });
    await this.paging.page(tx, {
      purpose: 'case',
      subjectId: row.id,
      occasion: `kept-${id}`,
      staffIds: await this.staff.reachable(tx, [outgoing], row),
      priority: pagePriority(row.acuity),
      content: contentOf(row, 'still_yours'),
    });
  }

  /** To whoever is on call by now; whoever has passed on it is not asked again. */
  private async offerAgain(
    tx: Tx,
    row: CaseRow,
    { id, scheduleId, outgoing, incoming }: HandOver,
  ): Promise<void> {
    const onCall = await this.onCall.now(tx, scheduleId);
    const others = onCall.filter((one) => one !== outgoing);
    const to = await this.first(tx, row, others);
    if (to !== null && to !== incoming) return this.insert(tx, row, { scheduleId, outgoing, to });
    if (incoming !== null && row.handOverTo === incoming) await this.offerTo(tx, row, incoming, id);
  }
}

function outcomeOf(
  row: CaseRow,
  { outgoing, incoming }: HandOver,
): 'accepted' | 'moved_on' | 'not_accepted' {
  if (row.ownerId !== outgoing || !inHand.includes(row.state)) {
    return row.ownerId !== null && row.ownerId === incoming ? 'accepted' : 'moved_on';
  }
  const isOfferedElsewhere = row.handOverTo !== null && row.handOverTo !== incoming;
  return isOfferedElsewhere ? 'moved_on' : 'not_accepted';
}
