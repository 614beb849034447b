import { Injectable } from '@nestjs/common';
import { Alarms } from '../../alarms/alarms.service.js';
import { Audit } from '../../audit/audit.service.js';
import { Notices } from '../../paging/notices.service.js';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Staff } from '../../staff/staff.service.js';
import { gapStages, nextLookAt, stagesCome } from '../rules/gap-stages.js';
import type { CoverageGapRow } from './coverage-gap.row.js';
import { CoverageGapsStore } from './coverage-gaps.store.js';

export const warningPriority = 5;

/** Pages about gaps ahead: each stage an alarm of its own, until a human takes it. */
@Injectable()
export class GapWarnings {
  constructor(
    private readonly store: CoverageGapsStore,
    private readonly alarms: Alarms,
    private readonly notices: Notices,
    private readonly staff: Staff,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  dueIds(limit: number): Promise<string[]> {
    return this.store.dueIds(limit);
  }

  /** Harmless when it is not due. Of several stages that have come only the last is told. */
  async warn(id: string): Promise<void> {
    await this.unitOfWork.runInBackground(async (tx) => {
      const row = await this.store.lockDue(tx.db, id, tx.now);
      if (row === null) return;
      if (row.toAt <= tx.now) return this.end(tx, row);
      const { kind, fromAt, toAt } = row;
      const stagesTold = stagesCome(row, tx.now);
      if (stagesTold > row.stagesTold) await this.tell(tx, row, stagesTold);
      const dueAt = nextLookAt({ kind, fromAt, toAt, stagesTold });
      this.store.update(tx, id, { stagesTold, dueAt });
    });
  }

  /** It is covered, or over: whoever rings about it rings for nothing. */
  async end(tx: Tx, row: CoverageGapRow): Promise<void> {
    this.store.update(tx, row.id, { goneAt: tx.now, dueAt: null });
    await this.alarms.withdrawAbout(tx, row.id);
    this.audit.record(tx, {
      stream: 'system',
      action: 'coverage.gap_ended',
      actor: { type: 'system' },
      subjectRef: row.id,
      body: { programId: row.programId, reason: row.toAt <= tx.now ? 'over' : 'covered' },
    });
  }

  private async tell(tx: Tx, row: CoverageGapRow, stages: number): Promise<void> {
    const { id: subjectId, programId } = row;
    const { name, zone } = await this.store.placeOf(tx.db, subjectId);
    const [from, to] = [row.fromAt.toISOString(), row.toAt.toISOString()];
    const where = { schedule: name, zone, from, to };
    if (row.kind === 'thin') {
      const supervisors = await this.staff.withRole(tx, programId, 'supervisor');
      const about = { programId, participantId: null };
      const staffIds = await this.staff.reachable(tx, supervisors, about);
      const content = { reason: 'coverage_thin', ...where } as const;
      return this.notices.tell(tx, { subjectId, occasion: 'thin', staffIds, content });
    }
    const stage = gapStages[stages - 1]?.name ?? 'now';
    const content = { reason: 'coverage_gap', stage, ...where } as const;
    // One that still rings speaks of the stage before.
    await this.alarms.withdrawAbout(tx, subjectId);
    await this.alarms.open(tx, { kind: 'coverage_gap', programId, subjectId, content });
  }
}
