import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Alarms } from '../alarms/alarms.service.js';
import { Audit } from '../audit/audit.service.js';
import type { AuditStream } from '../audit/rules/event.js';
import { Paging } from '../paging/paging.service.js';
import {
  type AnswerResult,
  type Page,
  type PageAnswer,
  type Purpose,
  Purposes,
} from '../paging/purposes.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { Staff } from '../staff/staff.service.js';
import { bySystem, CaseMoves, type Mover } from './case-moves.service.js';
import type { CaseRow } from './case.row.js';
import { CasesStore } from './cases.store.js';
import { caseRef } from './rules/case-ref.js';
import type { CaseEvent, Decision } from './rules/case.js';
import { startCase } from './rules/decide.js';
import type { Acuity, Policy } from './rules/policy.js';

export interface CaseSummary {
  id: string;
  ref: string;
  state: CaseRow['state'];
  acuity: Acuity;
}

export interface RaisedFlag {
  programId: string;
  policy: Policy;
  participantId: string | null;
  /** The participant was made in this very transaction, so there is no case to join. */
  isNew?: boolean;
  acuity: Acuity;
  /** May wait for the morning, if the policy lets it. */
  quiet: boolean;
  flagId: string;
  /** The case that the sender's own token names, when it does. */
  knownCaseId?: string;
}

/** Open cases and their clock. */
@Injectable()
export class Cases implements OnModuleInit, Purpose {
  constructor(
    private readonly store: CasesStore,
    private readonly moves: CaseMoves,
    private readonly paging: Paging,
    private readonly alarms: Alarms,
    private readonly staff: Staff,
    private readonly purposes: Purposes,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.purposes.register('case', this);
  }

  /** A flag joins the open case of its person, or opens one; either way somebody is paged. */
  async openOrJoin(
    tx: Tx,
    flag: RaisedFlag,
  ): Promise<{ case: CaseSummary; how: 'opened' | 'joined' }> {
    const known = await this.knownCase(tx, flag);
    if (known) {
      const { reason } = await this.move(
        tx,
        known,
        { type: 'flag_repeated', acuity: flag.acuity },
        { actor: { type: 'participant' }, body: { flagId: flag.flagId } },
      );
      if (reason === 'noted') this.recordJoined(tx, known, flag.flagId);
      if (reason !== 'new_case') {
        return { case: summary(known), how: 'joined' };
      }
    }
    return { case: summary(await this.open(tx, flag, known)), how: 'opened' };
  }

  /** The case's clock rang; harmless when it did not. */
  async advance(id: string): Promise<void> {
    await this.unitOfWork.runInBackground(async (tx) => {
      const row = await this.store.lockDue(tx.db, id, tx.now);
      if (row === null) return;
      await this.move(tx, row, { type: 'due' }, bySystem);
    });
  }

  dueIds(limit: number): Promise<string[]> {
    return this.store.dueIds(limit);
  }

  stream(caseId: string): AuditStream {
    return `case:${caseId}`;
  }

  async taken(tx: Tx, answer: PageAnswer): Promise<AnswerResult> {
    const row = await this.locked(tx, answer.page.subjectId);
    return this.take(tx, row, answer);
  }

  /** For every way to take a case; the first wins, the others are recorded beside it. */
  async take(
    tx: Tx,
    row: CaseRow,
    { staffId, channel, proof, page }: Omit<PageAnswer, 'page'> & { page?: Page },
  ): Promise<AnswerResult> {
    if (await this.staff.isExcluded(tx, staffId, row.participantId)) {
      return { outcome: 'over', ref: row.ref };
    }
    const mover: Mover = { actor: { type: 'staff', id: staffId }, body: { channel } };
    const event = { type: 'acknowledged', by: staffId } as const;
    const { changed, reason } = await this.move(tx, row, event, mover);
    const acknowledgement = { id: newId(), caseId: row.id, staffId, channel, proof, at: tx.now };
    const pageId = page?.id ?? null;
    if (changed) {
      await this.alarms.takeAbout(tx, row.id, staffId);
      await this.store.insertAcknowledgement(tx.db, {
        ...acknowledgement,
        pageId,
        kind: reason === 'handed_over' ? 'hand_over' : 'primary',
      });
      return { outcome: 'taken', ref: row.ref };
    }
    if (reason !== 'already_acknowledged') {
      return { outcome: reason === 'already_yours' ? 'already_yours' : 'over', ref: row.ref };
    }
    await this.store.insertAcknowledgement(tx.db, { ...acknowledgement, pageId, kind: 'co' });
    this.audit.record(tx, {
      stream: this.stream(row.id),
      action: 'case.co_acknowledged',
      actor: mover.actor,
      subjectRef: row.id,
      body: { channel, ownerId: row.ownerId },
    });
    return { outcome: 'taken_by_other', ref: row.ref };
  }

  async declined(tx: Tx, { page, staffId, channel }: PageAnswer): Promise<AnswerResult> {
    const row = await this.locked(tx, page.subjectId);
    const { changed } = await this.decline(tx, row, staffId, { channel });
    return { outcome: changed ? 'declined' : 'over', ref: row.ref };
  }

  /** Kept out of this case's pages from now on; the next step is paged at once. */
  async decline(
    tx: Tx,
    row: CaseRow,
    staffId: string,
    body: NonNullable<Mover['body']>,
  ): Promise<Decision> {
    const mover: Mover = { actor: { type: 'staff', id: staffId }, body, passedBy: staffId };
    const decision = await this.move(tx, row, { type: 'declined', by: staffId }, mover);
    if (decision.changed) {
      const decline = { id: newId(), caseId: row.id, staffId, at: tx.now };
      await this.store.insertDecline(tx.db, decline);
      await this.paging.withdraw(tx, 'case', row.id, staffId);
    }
    return decision;
  }

  /** Decides, carries out and writes the row, which the caller has locked. */
  async move(tx: Tx, row: CaseRow, event: CaseEvent, mover: Mover): Promise<Decision> {
    const decision = await this.moves.move(tx, row, event, mover);
    if (decision.changed) await this.store.update(tx.db, row.id, row);
    return decision;
  }

  async unreachable(tx: Tx, page: Page): Promise<void> {
    const row = await this.locked(tx, page.subjectId);
    const stillWaitedOn = row.state === 'paging' && page.occasion === `r${row.round}s${row.step}`;
    if (!stillWaitedOn || (await this.paging.hasLive(tx, page))) return;
    await this.move(tx, row, { type: 'nobody_reachable' }, bySystem);
  }

  async summaryOf(tx: Tx, caseId: string): Promise<CaseSummary> {
    const row = await this.store.byId(tx.db, caseId);
    if (row === null) throw new Error(`Case ${caseId} is gone.`);
    return summary(row);
  }

  async locked(tx: Tx, caseId: string): Promise<CaseRow> {
    const row = await this.store.lock(tx.db, caseId);
    if (row === null) throw new Error(`Case ${caseId} is gone.`);
    return row;
  }

  private recordJoined(tx: Tx, row: CaseRow, flagId: string): void {
    this.audit.record(tx, {
      stream: this.stream(row.id),
      action: 'case.flag_joined',
      actor: { type: 'participant' },
      subjectRef: row.id,
      body: { flagId },
    });
  }

  private async knownCase(tx: Tx, flag: RaisedFlag): Promise<CaseRow | null> {
    if (flag.isNew) return null;
    if (flag.participantId !== null) {
      return (
        (await this.store.lockOpenOf(tx.db, flag.participantId)) ??
        (await this.store.latestOf(tx.db, flag.participantId))
      );
    }
    return flag.knownCaseId === undefined ? null : this.store.lock(tx.db, flag.knownCaseId);
  }

  private async open(tx: Tx, flag: RaisedFlag, before: CaseRow | null): Promise<CaseRow> {
    const row: CaseRow = {
      ...startCase(tx.now, flag.acuity),
      id: newId(),
      ref: caseRef(await this.store.nextRefNumber(tx.db)),
      programId: flag.programId,
      participantId: flag.participantId,
      subjectId: flag.participantId ?? flag.flagId,
      followsCaseId: before?.id ?? null,
      policy: flag.policy,
      openedAt: tx.now,
      acknowledgedAt: null,
      inContactAt: null,
      disposedAt: null,
      closedAt: null,
      syntheticAt: null,
    };
    const event = { type: 'opened', quiet: flag.quiet } as const;
    await this.moves.move(tx, row, event, { ...bySystem, body: { flagId: flag.flagId } });
    await this.store.insert(tx.db, row);
    return row;
  }
}

function summary({ id, ref, state, acuity }: CaseRow): CaseSummary {
  return { id, ref, state, acuity };
}
