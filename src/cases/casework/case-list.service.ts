import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import { accessStream } from '../../audit/rules/event.js';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import { type Person, programsOf } from '../../staff/rules/permissions.js';
import type { CaseRow } from '../case.row.js';
import { casesPerPage, CasesStore } from '../cases.store.js';
import type { CaseState } from '../rules/case.js';

interface CasesAsked {
  state: CaseState | null;
  programId: string | null;
  /** From 1, 200 cases each. */
  page: number;
}

interface ListedCases {
  rows: CaseRow[];
  /** Null on the last one. */
  nextPage: number | null;
}

/** The cases somebody may see; that they looked is on record. */
@Injectable()
export class CaseList {
  constructor(
    private readonly store: CasesStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** Open cases first, whoever waits longest before all; then closed ones, the newest first. */
  async of(person: Person, { state, programId, page }: CasesAsked): Promise<ListedCases> {
    const mine = programsOf(person, 'clinician');
    const programIds = programId === null ? mine : mine.filter((id) => id === programId);
    const { staffId } = person;
    const rows = await this.store.list({ programIds, state, staffId, page });
    await this.unitOfWork.run(async (tx) =>
      this.audit.record(tx, {
        stream: accessStream(person.staffId, tx.now),
        action: 'cases.listed',
        actor: { type: 'staff', id: person.staffId },
        purpose: 'TREAT',
        body: { state, programs: programIds, page, count: rows.length },
      }),
    );
    return { rows, nextPage: rows.length < casesPerPage ? null : page + 1 };
  }
}
