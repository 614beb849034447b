import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { accessStream } from '../audit/rules/event.js';
import type { AnswerResult } from '../paging/purposes.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { Rejection } from '../platform/http/rejection.js';
import { mayDo, type Person, programsOf } from '../staff/rules/permissions.js';
import { Staff } from '../staff/staff.service.js';
import type { CaseRow } from './case.row.js';
import { Cases } from './cases.service.js';
import { CasesStore } from './cases.store.js';
import type { CaseState } from './rules/case.js';

/** A case as signed-in staff see and work it. Another program's case does not exist for them. */
@Injectable()
export class StaffCases {
  constructor(
    private readonly store: CasesStore,
    private readonly cases: Cases,
    private readonly staff: Staff,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** Newest first, at most 200. */
  async list(
    person: Person,
    state: CaseState | null,
    programId: string | null,
  ): Promise<CaseRow[]> {
    const mine = programsOf(person, 'clinician');
    const asked = programId === null ? mine : mine.filter((id) => id === programId);
    const rows = asked.length ? await this.store.list(asked, state, person.staffId) : [];
    await this.unitOfWork.run(async (tx) =>
      this.audit.record(tx, {
        stream: accessStream(person.staffId, tx.now),
        action: 'cases.listed',
        actor: { type: 'staff', id: person.staffId },
        purpose: 'TREAT',
        body: { state, programs: asked, count: rows.length },
      }),
    );
    return rows;
  }

  /** Recorded before the answer is given. */
  async read(person: Person, caseId: string, what: string): Promise<CaseRow> {
    return this.unitOfWork.run(async (tx) => {
      const row = await this.visible(tx, person, await this.store.byId(tx.db, caseId));
      this.audit.record(tx, {
        stream: accessStream(person.staffId, tx.now),
        action: 'case.read',
        actor: { type: 'staff', id: person.staffId },
        purpose: 'TREAT',
        subjectRef: `case:${row.id}`,
        body: { what },
      });
      return row;
    });
  }

  async acknowledge(
    person: Person,
    caseId: string,
  ): Promise<{ result: AnswerResult; current: CaseRow }> {
    return this.unitOfWork.run(async (tx) => {
      const row = await this.visible(tx, person, await this.store.lock(tx.db, caseId));
      const result = await this.cases.take(tx, row, {
        staffId: person.staffId,
        channel: 'api',
        proof: { via: person.via },
      });
      return { result, current: row };
    });
  }

  private async visible(tx: Tx, person: Person, row: CaseRow | null): Promise<CaseRow> {
    const hidden =
      row === null ||
      !mayDo(person, ['clinician'], row.programId) ||
      (await this.staff.isExcluded(tx, person.staffId, row.participantId));
    if (hidden) throw new Rejection('not_found', 'There is no such case.');
    return row;
  }
}
