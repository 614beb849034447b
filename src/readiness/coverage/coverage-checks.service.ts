import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import { ProgramCoverage } from '../../oncall/coverage/program-coverage.service.js';
import { OnCallChanges, type OnCallListener } from '../../oncall/on-call-changes.js';
import { Schedules } from '../../oncall/schedules/schedules.service.js';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { StaffChanges, type StaffListener } from '../../staff/profiles/staff-changes.js';
import { nextCheckAt } from '../rules/check-times.js';
import { nextLookAt, stagesCome } from '../rules/gap-stages.js';
import { compare, type KnownStretch, type Stretch } from '../rules/watched-stretches.js';
import { stretchesToWatch } from '../rules/watched-stretches.js';
import { CoverageChecksStore } from './coverage-checks.store.js';
import type { CoverageGapRow } from './coverage-gap.row.js';
import { CoverageGapsStore } from './coverage-gaps.store.js';
import { GapWarnings, warningPriority } from './gap-warnings.service.js';

const spanMs = 30 * 86_400_000;

interface KnownGap extends KnownStretch {
  row: CoverageGapRow;
}

/**
 * Looks 30 days ahead for everybody who has a program: after every change to who is on call or can
 * be reached, every night, and within every hour.
 */
@Injectable()
export class CoverageChecks implements OnModuleInit, OnCallListener, StaffListener {
  constructor(
    private readonly checks: CoverageChecksStore,
    private readonly gaps: CoverageGapsStore,
    private readonly warnings: GapWarnings,
    private readonly coverage: ProgramCoverage,
    private readonly schedules: Schedules,
    private readonly onCallChanges: OnCallChanges,
    private readonly staffChanges: StaffChanges,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.onCallChanges.register(this);
    this.staffChanges.register(this);
  }

  onCallChanged(tx: Tx, programId: string): Promise<void> {
    return this.ask(tx, programId);
  }

  async staffChanged(tx: Tx, programIds: readonly string[]): Promise<void> {
    // In one order, so that two who ask never wait for each other.
    for (const programId of programIds.toSorted()) await this.ask(tx, programId);
  }

  /** Within this transaction it is due, whatever becomes of the bell. */
  async ask(tx: Tx, programId: string): Promise<void> {
    await this.checks.ask(tx.db, programId, tx.now);
    tx.ring({ job: 'check-coverage', id: programId, priority: warningPriority });
  }

  dueIds(limit: number): Promise<string[]> {
    return this.checks.dueIds(limit);
  }

  /** Harmless when it is not due. */
  async check(programId: string): Promise<void> {
    await this.unitOfWork.runInBackground(async (tx) => {
      // Whoever changes a schedule holds it first and then asks for a check: in the same order.
      await this.schedules.holdAll(tx, programId);
      const asks = await this.checks.claim(tx.db, programId, tx.now);
      if (asks === null) return;
      const from = tx.now.getTime();
      const found = await this.coverage.of(tx, programId, { from, to: from + spanMs });
      await this.keep(tx, programId, stretchesToWatch(found.coverage));
      const { gap, acceptedGap, thin } = found.coverage.minutes;
      await this.checks.finish(tx.db, {
        programId,
        asks,
        checkedAt: tx.now,
        dueAt: nextCheckAt(found.zone, tx.now),
        gapMinutes: gap,
        acceptedGapMinutes: acceptedGap,
        thinMinutes: thin,
      });
    });
  }

  /** Every row is written with its clock: a warning is armed with what it warns of. */
  private async keep(tx: Tx, programId: string, found: readonly Stretch[]): Promise<void> {
    const known = (await this.gaps.open(tx.db, programId)).map(asKnown);
    const { kept, added, gone } = compare(known, found);
    for (const { known: one, stretch } of kept) this.adjust(tx, one.row, stretch);
    for (const { stretch, stagesTold } of added) this.add(tx, programId, stretch, stagesTold);
    for (const { row } of gone) await this.warnings.end(tx, row);
  }

  private add(tx: Tx, programId: string, stretch: Stretch, told: number): void {
    const { kind, scheduleId, why, acceptedBy } = stretch;
    const times = { fromAt: new Date(stretch.from), toAt: new Date(stretch.to) };
    const stagesTold = Math.min(told, stagesCome({ kind, ...times }, tx.now));
    const dueAt = nextLookAt({ kind, ...times, stagesTold });
    const head = { id: newId(), programId, scheduleId, kind, ...times, why, acceptedBy };
    this.gaps.insert(tx, { ...head, stagesTold, foundAt: tx.now, dueAt, goneAt: null });
    this.ringIfDue(tx, head.id, dueAt);
    this.audit.record(tx, {
      stream: 'system',
      action: 'coverage.gap_found',
      actor: { type: 'system' },
      subjectRef: head.id,
      body: {
        programId,
        scheduleId,
        kind,
        why,
        acceptedBy,
        from: times.fromAt.toISOString(),
        to: times.toAt.toISOString(),
      },
    });
  }

  /** A stage that lies ahead again comes again. */
  private adjust(tx: Tx, row: CoverageGapRow, stretch: Stretch): void {
    const { kind } = row;
    const isOpen = stretch.from <= tx.now.getTime() && row.fromAt <= tx.now;
    const fromAt = isOpen ? row.fromAt : new Date(stretch.from);
    const toAt = new Date(stretch.to);
    const stagesTold = Math.min(row.stagesTold, stagesCome({ kind, fromAt }, tx.now));
    const dueAt = nextLookAt({ kind, fromAt, toAt, stagesTold });
    const { why, acceptedBy } = stretch;
    this.gaps.update(tx, row.id, { fromAt, toAt, why, acceptedBy, stagesTold, dueAt });
    this.ringIfDue(tx, row.id, dueAt);
  }

  private ringIfDue(tx: Tx, id: string, dueAt: Date): void {
    if (dueAt <= tx.now) tx.ring({ job: 'warn-of-gap', id, priority: warningPriority });
  }
}

function asKnown(row: CoverageGapRow): KnownGap {
  const { id, kind, scheduleId, fromAt, toAt, stagesTold } = row;
  return { row, id, kind, scheduleId, stagesTold, from: fromAt.getTime(), to: toAt.getTime() };
}
