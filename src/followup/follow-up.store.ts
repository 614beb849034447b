import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

interface Entry {
  id: string;
  caseId: string;
  staffId: string;
}

export interface ContactRow extends Entry {
  kind: string;
  outcome: string;
  note: Buffer | null;
  at: Date;
}

export interface DispositionRow extends Entry {
  code: string;
  note: Buffer | null;
  at: Date;
}

export interface FollowUpRow extends Entry {
  /** Null: none, for the sealed reason. */
  dueAt: Date | null;
  reason: Buffer | null;
  at: Date;
}

export interface DispatchRow extends Entry {
  consent: 'yes' | 'no' | 'unable';
  /** Sealed JSON. */
  details: Buffer;
  dispatchedAt: Date;
  arrivalConfirmedAt: Date | null;
  /** When nobody needed to ask after it any more. */
  settledAt: Date | null;
  settledBy: string | null;
  /** Sealed; why a supervisor asks no more though nobody is known to have arrived. */
  waivedBecause: Buffer | null;
}

type Settlement = Pick<
  DispatchRow,
  'id' | 'arrivalConfirmedAt' | 'settledAt' | 'settledBy' | 'waivedBecause'
>;

const columns = {
  contacts: 'kind, outcome, note, at',
  dispositions: 'code, note, at',
  follow_ups: 'due_at as "dueAt", reason, at',
  dispatches: `consent, details, dispatched_at as "dispatchedAt",
               arrival_confirmed_at as "arrivalConfirmedAt", settled_at as "settledAt",
               settled_by as "settledBy", waived_because as "waivedBecause",
               dispatched_at as at`,
} as const;

@Injectable()
export class FollowUpStore {
  insertContact(db: EntityManager, row: ContactRow): Promise<unknown> {
    return db.query(
      `insert into contacts (id, case_id, staff_id, kind, outcome, note, at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [row.id, row.caseId, row.staffId, row.kind, row.outcome, row.note, row.at],
    );
  }

  insertDisposition(db: EntityManager, row: DispositionRow): Promise<unknown> {
    return db.query(
      `insert into dispositions (id, case_id, staff_id, code, note, at)
       values ($1, $2, $3, $4, $5, $6)`,
      [row.id, row.caseId, row.staffId, row.code, row.note, row.at],
    );
  }

  insertFollowUp(db: EntityManager, row: FollowUpRow): Promise<unknown> {
    return db.query(
      `insert into follow_ups (id, case_id, staff_id, due_at, reason, at)
       values ($1, $2, $3, $4, $5, $6)`,
      [row.id, row.caseId, row.staffId, row.dueAt, row.reason, row.at],
    );
  }

  insertDispatch(db: EntityManager, row: DispatchRow): Promise<unknown> {
    return db.query(
      `insert into dispatches
         (id, case_id, staff_id, consent, details, dispatched_at, arrival_confirmed_at,
          settled_at, settled_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        row.id,
        row.caseId,
        row.staffId,
        row.consent,
        row.details,
        row.dispatchedAt,
        row.arrivalConfirmedAt,
        row.settledAt,
        row.settledBy,
      ],
    );
  }

  /** False when the case has no such dispatch that is still asked after. */
  async settleDispatch(db: EntityManager, caseId: string, change: Settlement): Promise<boolean> {
    const [, count] = await db.query<[unknown[], number]>(
      `update dispatches set arrival_confirmed_at = $3, settled_at = $4, settled_by = $5,
              waived_because = $6
        where id = $1 and case_id = $2 and settled_at is null`,
      [
        change.id,
        caseId,
        change.arrivalConfirmedAt,
        change.settledAt,
        change.settledBy,
        change.waivedBecause,
      ],
    );
    return count > 0;
  }

  async countUnconfirmed(db: EntityManager, caseId: string): Promise<number> {
    const [row] = await db.query<{ count: number }[]>(
      `select count(*)::int as count from dispatches where case_id = $1 and settled_at is null`,
      [caseId],
    );
    return row?.count ?? 0;
  }

  contactsOf(db: EntityManager, caseId: string): Promise<ContactRow[]> {
    return this.all(db, 'contacts', caseId);
  }

  dispositionsOf(db: EntityManager, caseId: string): Promise<DispositionRow[]> {
    return this.all(db, 'dispositions', caseId);
  }

  followUpsOf(db: EntityManager, caseId: string): Promise<FollowUpRow[]> {
    return this.all(db, 'follow_ups', caseId);
  }

  dispatchesOf(db: EntityManager, caseId: string): Promise<DispatchRow[]> {
    return this.all(db, 'dispatches', caseId);
  }

  private all<T>(db: EntityManager, table: keyof typeof columns, caseId: string): Promise<T[]> {
    return db.query(
      `select id, case_id as "caseId", staff_id as "staffId", ${columns[table]}
         from ${table} where case_id = $1 order by at`,
      [caseId],
    );
  }
}
