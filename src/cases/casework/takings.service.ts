import { Injectable } from '@nestjs/common';
import { Alarms } from '../../alarms/alarms.service.js';
import { Audit } from '../../audit/audit.service.js';
import { Paging } from '../../paging/paging.service.js';
import type { AnswerResult, Page, PageAnswer } from '../../paging/purposes.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Staff } from '../../staff/staff.service.js';
import { CaseMoves, type Mover } from '../case-moves.service.js';
import type { CaseRow } from '../case.row.js';
import { CasesStore } from '../cases.store.js';
import type { ContactOutcome, Decision } from '../rules/case.js';

export interface LoggedContact {
  contactId: string;
  kind: string;
  outcome: ContactOutcome;
  /** Of the number that was used, when it was said. */
  contactPoint?: string;
}

/** Who has a case, and who passed it on: what only humans do. The caller has locked the row. */
@Injectable()
export class Takings {
  constructor(
    private readonly store: CasesStore,
    private readonly moves: CaseMoves,
    private readonly paging: Paging,
    private readonly alarms: Alarms,
    private readonly staff: Staff,
    private readonly audit: Audit,
  ) {}

  /** For every way to take a case; the first wins, the others are recorded beside it. */
  async take(
    tx: Tx,
    row: CaseRow,
    { staffId, channel, proof, page }: Omit<PageAnswer, 'page'> & { page?: Page },
  ): Promise<AnswerResult> {
    if (!(await this.staff.mayWork(tx, staffId, row))) {
      return { outcome: 'over' };
    }
    const mover: Mover = { actor: { type: 'staff', id: staffId }, body: { channel } };
    const event = { type: 'acknowledged', by: staffId } as const;
    const { changed, reason } = await this.moves.moveStored(tx, row, event, mover);
    const acknowledgement = { id: newId(), caseId: row.id, staffId, channel, proof, at: tx.now };
    const pageId = page?.id ?? null;
    if (changed) {
      await this.alarms.takeAbout(tx, row.id, staffId);
      await this.store.insertAcknowledgement(tx.db, {
        ...acknowledgement,
        pageId,
        kind: reason === 'handed_over' ? 'hand_over' : 'primary',
      });
      return { outcome: 'taken' };
    }
    if (reason !== 'already_acknowledged') {
      return { outcome: reason === 'already_yours' ? 'already_yours' : 'over' };
    }
    await this.store.insertAcknowledgement(tx.db, { ...acknowledgement, pageId, kind: 'co' });
    this.audit.record(tx, {
      stream: `case:${row.id}`,
      action: 'case.co_acknowledged',
      actor: mover.actor,
      subjectRef: row.id,
      body: { channel, ownerId: row.ownerId },
    });
    return { outcome: 'taken_by_other' };
  }

  /** A contact logged while nobody had the case is the act by which somebody has it. */
  async contacted(
    tx: Tx,
    row: CaseRow,
    staffId: string,
    contact: LoggedContact,
  ): Promise<Decision> {
    const { contactId, kind, outcome } = contact;
    const before = row.ownerId;
    const decision = await this.moves.moveStored(
      tx,
      row,
      { type: 'contact_logged', by: staffId, withParticipant: kind !== 'support_contact', outcome },
      { actor: { type: 'staff', id: staffId }, body: { ...contact } },
    );
    if (before !== null || row.ownerId === null) return decision;
    this.audit.record(tx, {
      stream: `case:${row.id}`,
      action: 'case.acknowledged',
      actor: { type: 'staff', id: staffId },
      subjectRef: row.id,
      body: { channel: 'contact', contactId },
    });
    await this.alarms.takeAbout(tx, row.id, staffId);
    await this.store.insertAcknowledgement(tx.db, {
      id: newId(),
      caseId: row.id,
      staffId,
      pageId: null,
      kind: 'primary',
      channel: 'contact',
      proof: { contactId },
      at: tx.now,
    });
    return decision;
  }

  /** Kept out of this case's pages from now on; the next step is paged at once. */
  async decline(
    tx: Tx,
    row: CaseRow,
    staffId: string,
    body: NonNullable<Mover['body']>,
  ): Promise<Decision> {
    const mover: Mover = { actor: { type: 'staff', id: staffId }, body, passedBy: staffId };
    const decision = await this.moves.moveStored(tx, row, { type: 'declined', by: staffId }, mover);
    if (decision.changed) {
      const decline = { id: newId(), caseId: row.id, staffId, at: tx.now };
      await this.store.insertDecline(tx.db, decline);
      await this.paging.withdraw(tx, 'case', row.id, staffId);
    }
    return decision;
  }
}
