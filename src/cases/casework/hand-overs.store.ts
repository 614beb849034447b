import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { change, insertion } from '../../platform/db/statements.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { CaseRow } from '../case.row.js';

export interface HandOver {
  id: string;
  caseId: string;
  /** On which the shift was. */
  scheduleId: string;
  outgoing: string;
  /** Null: nobody was there to offer it to. */
  incoming: string | null;
  offeredAt: Date;
  dueAt: Date | null;
  settledAt: Date | null;
  outcome: 'accepted' | 'moved_on' | 'not_accepted' | null;
}

const columns = `h.id, h.case_id as "caseId", h.schedule_id as "scheduleId", h.outgoing, h.incoming,
  h.offered_at as "offeredAt", h.due_at as "dueAt", h.settled_at as "settledAt", h.outcome`;

/** Cases that were offered because a shift ended. */
@Injectable()
export class HandOversStore {
  constructor(private readonly dataSource: DataSource) {}

  insert(tx: Tx, handOver: HandOver): void {
    tx.write(insertion('shift_hand_overs', handOver));
  }

  update(tx: Tx, id: string, fields: Partial<HandOver>): void {
    tx.write(change('shift_hand_overs', id, fields));
  }

  /** With `lock` nobody else settles it meanwhile; the case is locked before. */
  async byId(db: EntityManager, id: string, { lock = false } = {}): Promise<HandOver | null> {
    const [row] = await db.query<HandOver[]>(
      `select ${columns} from shift_hand_overs h where h.id = $1 ${lock ? 'for update' : ''}`,
      [id],
    );
    return row ?? null;
  }

  async dueIds(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select id from shift_hand_overs where due_at <= (select handrail_now())
        order by due_at limit $1`,
      [limit],
    );
    return rows.map((row) => row.id);
  }

  /** Locked: what this person has in hand, and nobody else has worked on since. */
  lockWorkedBy(db: EntityManager, programId: string, staffId: string): Promise<CaseRow[]> {
    return db
      .createQueryBuilder(CaseRow, 'c')
      .where(`c.program_id = :programId and c.owner_id = :staffId`, { programId, staffId })
      .andWhere(`c.state in ('acknowledged', 'in_contact')`)
      .andWhere(
        `not exists (select from contacts k where k.case_id = c.id and k.staff_id <> :staffId
            and k.at > all (select o.at from contacts o
                             where o.case_id = c.id and o.staff_id = :staffId))`,
      )
      .orderBy('c.id')
      .setLock('pessimistic_write')
      .getMany();
  }

  /** How many are this person's, worked on or to be followed up. */
  async countOwnedBy(db: EntityManager, programId: string, staffId: string): Promise<number> {
    const [row] = await db.query<[{ count: number }]>(
      `select count(*)::integer as count from cases
        where program_id = $1 and owner_id = $2 and state <> 'closed'`,
      [programId, staffId],
    );
    return row.count;
  }
}
