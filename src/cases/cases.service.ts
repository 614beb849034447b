import { Injectable, type OnModuleInit } from '@nestjs/common';
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
import type { Need } from '../programs/rules/needs.js';
import type { SaidNow } from './audiences.service.js';
import { bySystem, CaseMoves, type Mover } from './case-moves.service.js';
import type { CaseRow } from './case.row.js';
import { CasesStore, joinable } from './cases.store.js';
import { caseRef } from './rules/case-ref.js';
import type { CaseEvent, Decision } from './rules/case.js';
import { startCase } from './rules/decide.js';
import type { Acuity, Policy } from './rules/policy.js';
import { Takings } from './casework/takings.service.js';

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
  isNew: boolean;
  acuity: Acuity;
  /** May wait for the morning, if the policy lets it. */
  quiet: boolean;
  flagId: string;
  need: Need | null;
  /** What it says itself, which is not written down yet. */
  said: SaidNow;
  /** The case that the sender's own token names, when it does. */
  knownCaseId?: string;
}

/** Open cases and their clock. */
@Injectable()
export class Cases implements OnModuleInit, Purpose {
  constructor(
    private readonly store: CasesStore,
    private readonly moves: CaseMoves,
    private readonly takings: Takings,
    private readonly paging: Paging,
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
      this.noteNeed(tx, known, flag.need);
      const { reason } = await this.moves.moveStored(
        tx,
        known,
        { type: 'flag_repeated', acuity: flag.acuity },
        { actor: { type: 'participant' }, body: { flagId: flag.flagId }, said: flag.said },
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
      await this.moves.moveStored(tx, row, { type: 'due' }, bySystem);
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
    return this.takings.take(tx, row, answer);
  }

  async declined(tx: Tx, { page, staffId, channel }: PageAnswer): Promise<AnswerResult> {
    const row = await this.locked(tx, page.subjectId);
    const { changed } = await this.takings.decline(tx, row, staffId, { channel });
    return { outcome: changed ? 'declined' : 'over' };
  }

  /** Decides, carries out and writes the row, which the caller has locked. */
  move(tx: Tx, row: CaseRow, event: CaseEvent, mover: Mover): Promise<Decision> {
    return this.moves.moveStored(tx, row, event, mover);
  }

  async unreachable(tx: Tx, page: Page): Promise<void> {
    const row = await this.locked(tx, page.subjectId);
    const stillWaitedOn = row.state === 'paging' && page.occasion === `r${row.round}s${row.step}`;
    if (!stillWaitedOn || (await this.paging.hasLive(tx, page))) return;
    await this.moves.moveStored(tx, row, { type: 'nobody_reachable' }, bySystem);
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

  /** Also when nothing else of the case changes. */
  private noteNeed(tx: Tx, row: CaseRow, need: Need | null): void {
    if (need === null || row.needs.includes(need) || !joinable.includes(row.state)) return;
    row.needs = [...row.needs, need];
    this.store.update(tx, row);
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
      needs: flag.need === null ? [] : [flag.need],
      ownerSince: null,
      openedAt: tx.now,
      acknowledgedAt: null,
      inContactAt: null,
      disposedAt: null,
      closedAt: null,
      syntheticAt: null,
    };
    const event = { type: 'opened', quiet: flag.quiet } as const;
    const { flagId, said } = flag;
    await this.moves.move(tx, row, event, { ...bySystem, body: { flagId }, said });
    this.store.insert(tx, row);
    return row;
  }
}

function summary({ id, ref, state, acuity }: CaseRow): CaseSummary {
  return { id, ref, state, acuity };
}
