import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { accessStream } from '../audit/rules/event.js';
import type { JsonObject } from '../audit/rules/canonical.js';
import type { AnswerResult } from '../paging/purposes.js';
import type { DataKey } from '../platform/crypto/data-key.js';
import { Vault } from '../platform/crypto/vault.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { Rejection } from '../platform/http/rejection.js';
import { mayDo, type Person } from '../staff/rules/permissions.js';
import { Staff } from '../staff/staff.service.js';
import { CaseMoves } from './case-moves.service.js';
import type { CaseRow } from './case.row.js';
import { type CaseView, caseView } from './case-view.js';
import { type CaseNote, CasesStore } from './cases.store.js';
import type { CaseEvent, Decision } from './rules/case.js';
import { refusalText } from './rules/refusals.js';
import { type LoggedContact, Takings } from './casework/takings.service.js';

/** A case with all its clocks, as it stands in this transaction. */
export type WorkedCase = CaseRow;

/** A case as signed-in staff see and work it. Another program's case does not exist for them. */
@Injectable()
export class StaffCases {
  constructor(
    private readonly store: CasesStore,
    private readonly moves: CaseMoves,
    private readonly takings: Takings,
    private readonly staff: Staff,
    private readonly vault: Vault,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** Within the transaction that also reads the rest; recorded before any answer is given. */
  async read(tx: Tx, person: Person, caseId: string, fields: string[]): Promise<CaseRow> {
    const row = await this.visible(tx, person, await this.store.byId(tx.db, caseId));
    this.audit.record(tx, {
      stream: accessStream(person.staffId, tx.now),
      action: 'case.read',
      actor: { type: 'staff', id: person.staffId },
      purpose: 'TREAT',
      subjectRef: `case:${row.id}`,
      body: { fields, participantId: row.participantId },
    });
    return row;
  }

  /** As the API answers it. */
  view(row: WorkedCase): CaseView {
    return caseView(row);
  }

  acknowledge(person: Person, caseId: string): Promise<{ result: AnswerResult; current: CaseRow }> {
    return this.work(person, caseId, async (tx, current) => {
      const { staffId, via } = person;
      const result = await this.takings.take(tx, current, {
        staffId,
        channel: 'api',
        proof: { via },
      });
      return { result, current };
    });
  }

  decline(person: Person, caseId: string, reason: string): Promise<CaseRow> {
    return this.passOn(person, caseId, async (tx, row) => {
      const noteId = await this.note(tx, person, row, 'decline', reason);
      accepted(await this.takings.decline(tx, row, person.staffId, { channel: 'api', noteId }));
      return row;
    });
  }

  changeAcuity(
    person: Person,
    caseId: string,
    { acuity, reason }: { acuity: CaseRow['acuity']; reason: string },
  ): Promise<CaseRow> {
    const event = { type: 'acuity_changed', acuity, by: person.staffId, mayLower: true } as const;
    return this.workWithNote(person, caseId, event, 'acuity', reason);
  }

  escalate(
    person: Person,
    caseId: string,
    { expectedStep, reason }: { expectedStep: number | null; reason?: string | undefined },
  ): Promise<CaseRow> {
    return this.workWithNote(
      person,
      caseId,
      { type: 'escalated', expectedStep },
      'escalation',
      reason,
    );
  }

  /** The case stays with its owner until `to` takes it. */
  handOver(person: Person, caseId: string, to: string, reason?: string): Promise<CaseRow> {
    return this.passOn(person, caseId, async (tx, row) => {
      const [reachable] = await this.staff.reachable(tx, [to], row);
      if (reachable === undefined) {
        throw new Rejection('unprocessable', 'This person cannot be paged for this case.');
      }
      if (reason) await this.note(tx, person, row, 'hand_over', reason);
      await this.move(tx, person, row, { type: 'hand_over_offered', to }, { to });
      return row;
    });
  }

  /**
   * Locks the case for everything a human does to it; 404 when it is not theirs to see, 403 when
   * none of their credentials is valid any more.
   */
  work<T>(person: Person, caseId: string, work: (tx: Tx, row: CaseRow) => Promise<T>): Promise<T> {
    return this.passOn(person, caseId, async (tx, row) => {
      if (await this.staff.hasExpired(tx, person.staffId, row.programId)) {
        const text =
          'None of your credentials on file is valid any more. You can pass the case on.';
        throw new Rejection('forbidden', text, 'credential_expired');
      }
      return work(tx, row);
    });
  }

  /** The same also for whoever may only give the case away any more. */
  private async passOn<T>(
    person: Person,
    caseId: string,
    work: (tx: Tx, row: CaseRow) => Promise<T>,
  ): Promise<T> {
    return this.unitOfWork.run(async (tx) => {
      const row = await this.visible(tx, person, await this.store.lock(tx.db, caseId));
      try {
        return await work(tx, row);
      } catch (error) {
        // Goes on to them as it is; what they may not do goes on record as well.
        const isDenial = error instanceof Rejection && error.kind === 'forbidden';
        if (isDenial) tx.ifRolledBack(() => this.recordDenial(person, row));
        throw error;
      }
    });
  }

  /** Throws a 409 or 403 with the rules' own word when the case does not take it. */
  async move(
    tx: Tx,
    person: Person,
    row: CaseRow,
    event: CaseEvent,
    body: JsonObject,
  ): Promise<void> {
    const mover = { actor: { type: 'staff', id: person.staffId } as const, body };
    accepted(await this.moves.moveStored(tx, row, event, mover));
  }

  /** A contact was logged; whoever reached the person first has thereby taken the case. */
  async contacted(
    tx: Tx,
    { staffId }: Person,
    row: CaseRow,
    contact: LoggedContact,
  ): Promise<void> {
    accepted(await this.takings.contacted(tx, row, staffId, contact));
  }

  /** The key under which everything written on this case is sealed. */
  async keyOf(tx: Tx, row: CaseRow): Promise<DataKey> {
    const key = await this.vault.open(tx.db, row.subjectId);
    if (key === null) throw new Rejection('conflict', 'This record was erased.', 'erased');
    return key;
  }

  async notes(tx: Tx, row: CaseRow): Promise<(Omit<CaseNote, 'text'> & { text: string })[]> {
    const key = await this.keyOf(tx, row);
    const notes = await this.store.notesOf(tx.db, row.id);
    return notes.map((note) => ({ ...note, text: key.open(notePlace(note.id), note.text) }));
  }

  private workWithNote(
    person: Person,
    caseId: string,
    event: CaseEvent,
    about: CaseNote['about'],
    text: string | undefined,
  ): Promise<CaseRow> {
    return this.work(person, caseId, async (tx, row) => {
      const noteId = text === undefined ? null : await this.note(tx, person, row, about, text);
      await this.move(tx, person, row, event, { noteId });
      return row;
    });
  }

  private async note(
    tx: Tx,
    person: Person,
    row: CaseRow,
    about: CaseNote['about'],
    text: string,
  ): Promise<string> {
    const id = newId();
    const key = await this.keyOf(tx, row);
    await this.store.insertNote(tx.db, {
      id,
      caseId: row.id,
      staffId: person.staffId,
      about,
      text: key.seal(notePlace(id), text),
      at: tx.now,
    });
    return id;
  }

  private async recordDenial(person: Person, row: CaseRow | null): Promise<void> {
    await this.unitOfWork.run(async (tx) =>
      this.audit.record(tx, {
        stream: accessStream(person.staffId, tx.now),
        action: 'access.denied',
        actor: { type: 'staff', id: person.staffId },
        outcome: 'denied',
        ...(row && { subjectRef: `case:${row.id}` }),
        body: { known: row !== null },
      }),
    );
  }

  private async visible(tx: Tx, person: Person, row: CaseRow | null): Promise<CaseRow> {
    const hidden =
      row === null ||
      !mayDo(person, ['clinician'], row.programId) ||
      (await this.staff.isExcluded(tx, person.staffId, row.participantId));
    if (hidden) tx.ifRolledBack(() => this.recordDenial(person, row));
    if (hidden) throw new Rejection('not_found', 'There is no such case.');
    return row;
  }
}

const notePlace = (id: string) => ({ table: 'case_notes', row: id, column: 'text' }) as const;

function accepted({ changed, reason }: Decision): void {
  if (changed) return;
  const kind = reason.startsWith('needs_supervisor') ? 'forbidden' : 'conflict';
  throw new Rejection(kind, refusalText(reason), reason);
}
