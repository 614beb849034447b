import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { change, insertion } from '../platform/db/statements.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { CaseRow } from './case.row.js';
import type { CaseState } from './rules/case.js';

/** States in which another flag of the same person belongs to the case. */
export const joinable: readonly CaseState[] = ['open', 'paging', 'acknowledged', 'in_contact'];
export const casesPerPage = 200;

/** When a case is next looked at, for whichever of its two reasons. */
const clock = 'least(due_at, dispatch_due_at)';

interface ListQuery {
  programIds: string[];
  state: CaseState | null;
  staffId: string;
  page: number;
}

export interface AcknowledgementRecord {
  id: string;
  caseId: string;
  staffId: string;
  pageId: string | null;
  kind: 'primary' | 'co' | 'hand_over';
  channel: string;
  proof: Record<string, string>;
  at: Date;
}

export interface CaseNote {
  id: string;
  staffId: string;
  about: 'acuity' | 'decline' | 'escalation' | 'hand_over';
  /** Sealed. */
  text: Buffer;
  at: Date;
}

@Injectable()
export class CasesStore {
  constructor(private readonly dataSource: DataSource) {}

  async nextRefNumber(db: EntityManager): Promise<bigint> {
    const [row] = await db.query<[{ n: string }]>(`select nextval('case_refs') as n`);
    return BigInt(row.n);
  }

  insert(tx: Tx, row: CaseRow): void {
    tx.write(insertion('cases', row));
  }

  /** All but what never changes once the case is open. */
  update(tx: Tx, { id, policy: _policy, ...fields }: CaseRow): void {
    tx.write(change('cases', id, fields));
  }

  byId(db: EntityManager, id: string): Promise<CaseRow | null> {
    return db.findOneBy(CaseRow, { id });
  }

  /** Always before the case's pages are touched. */
  lock(db: EntityManager, id: string): Promise<CaseRow | null> {
    return db
      .createQueryBuilder(CaseRow, 'c')
      .where('c.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  /** Null also when another process is looking at it right now. */
  lockDue(db: EntityManager, id: string, now: Date): Promise<CaseRow | null> {
    return db
      .createQueryBuilder(CaseRow, 'c')
      .where(`c.id = :id and c.state <> 'closed' and ${clock} <= :now`, { id, now })
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getOne();
  }

  lockOpenOf(db: EntityManager, participantId: string): Promise<CaseRow | null> {
    return db
      .createQueryBuilder(CaseRow, 'c')
      .where('c.participant_id = :participantId and c.state in (:...joinable)', {
        participantId,
        joinable,
      })
      .setLock('pessimistic_write')
      .getOne();
  }

  latestOf(db: EntityManager, participantId: string): Promise<CaseRow | null> {
    return db.findOne(CaseRow, { where: { participantId }, order: { openedAt: 'DESC' } });
  }

  async dueIds(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select id from cases where state <> 'closed' and ${clock} <= (select handrail_now())
        order by ${clock} limit $1`,
      [limit],
    );
    return rows.map((row) => row.id);
  }

  /** Without the cases that this person must not see. */
  list({ programIds, state, staffId, page }: ListQuery): Promise<CaseRow[]> {
    const query = this.dataSource.manager
      .createQueryBuilder(CaseRow, 'c')
      .where('c.program_id = any (:programIds)', { programIds })
      .andWhere(
        `not exists (select from staff_exclusions x
                      where x.participant_id = c.participant_id and x.staff_id = :staffId)`,
        { staffId },
      )
      .orderBy(`c.state = 'closed'`)
      .addOrderBy(`case when c.state <> 'closed' then c.opened_at end`)
      .addOrderBy('c.opened_at', 'DESC')
      .addOrderBy('c.id')
      .offset((page - 1) * casesPerPage)
      .limit(casesPerPage);
    if (state) query.andWhere('c.state = :state', { state });
    return query.getMany();
  }

  insertAcknowledgement(db: EntityManager, record: AcknowledgementRecord): Promise<unknown> {
    const { id, caseId, staffId, pageId, kind, channel, proof, at } = record;
    return db.query(
      `insert into acknowledgements (id, case_id, staff_id, page_id, kind, channel, proof, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, caseId, staffId, pageId, kind, channel, JSON.stringify(proof), at],
    );
  }

  insertDecline(
    db: EntityManager,
    decline: { id: string; caseId: string; staffId: string; at: Date },
  ): Promise<unknown> {
    return db.query(`insert into declines (id, case_id, staff_id, at) values ($1, $2, $3, $4)`, [
      decline.id,
      decline.caseId,
      decline.staffId,
      decline.at,
    ]);
  }

  insertNote(db: EntityManager, note: CaseNote & { caseId: string }): Promise<unknown> {
    return db.query(
      `insert into case_notes (id, case_id, staff_id, about, text, at)
       values ($1, $2, $3, $4, $5, $6)`,
      [note.id, note.caseId, note.staffId, note.about, note.text, note.at],
    );
  }

  notesOf(db: EntityManager, caseId: string): Promise<CaseNote[]> {
    return db.query(
      `select id, staff_id as "staffId", about, text, at from case_notes
        where case_id = $1 order by at`,
      [caseId],
    );
  }

  async declinedBy(db: EntityManager, caseId: string): Promise<string[]> {
    const rows = await db.query<{ id: string }[]>(
      `select distinct staff_id as id from declines where case_id = $1`,
      [caseId],
    );
    return rows.map((row) => row.id);
  }
}
