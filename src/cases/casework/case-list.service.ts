import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import { accessStream } from '../../audit/rules/event.js';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Rights } from '../../staff/rights.service.js';
import type { Person } from '../../staff/rules/permissions.js';
import type { CaseRow } from '../case.row.js';
import { casesPerPage, CasesStore } from '../cases.store.js';
import type { CaseState } from '../rules/case.js';

interface CasesAsked {
  state: CaseState | null;
  /** Its key; null: every program of theirs. */
  program: string | null;
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
    private readonly rights: Rights,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /**
   * Open cases first, whoever waits longest before all; then closed ones, the newest first. Asking
   * for another program is answered like asking for one that never was.
   */
  async of(person: Person, { state, program, page }: CasesAsked): Promise<ListedCases> {
    const programIds =
      program === null
        ? this.rights.programsOf(person, 'clinician')
        : [await this.programId(person, program)];
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

  private async programId(person: Person, key: string): Promise<string> {
    const handler = 'CasesController.list';
    const { id } = await this.rights.program(person, { key, permission: 'clinician', handler });
    return id;
  }
}
