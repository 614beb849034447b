import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { change, insertion } from '../../platform/db/statements.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { CoverageGapRow } from './coverage-gap.row.js';

@Injectable()
export class CoverageGapsStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Those that are not gone, by their beginning; locked. */
  open(db: EntityManager, programId: string): Promise<CoverageGapRow[]> {
    return db.find(CoverageGapRow, {
      where: { programId, goneAt: IsNull() },
      order: { fromAt: 'ASC', id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async dueIds(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select id from coverage_gaps where gone_at is null and due_at <= (select handrail_now())
        order by due_at limit $1`,
      [limit],
    );
    return rows.map((row) => row.id);
  }

  lockDue(db: EntityManager, id: string, now: Date): Promise<CoverageGapRow | null> {
    return db
      .createQueryBuilder(CoverageGapRow, 'g')
      .where('g.id = :id and g.gone_at is null and g.due_at <= :now', { id, now })
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getOne();
  }

  insert(tx: Tx, row: CoverageGapRow): void {
    tx.write(insertion('coverage_gaps', row));
  }

  update(tx: Tx, id: string, fields: Partial<CoverageGapRow>): void {
    tx.write(change('coverage_gaps', id, fields));
  }

  /** The schedule that has the gap, or the program that has too few people; and its zone. */
  async placeOf(db: EntityManager, id: string): Promise<{ name: string; zone: string }> {
    const [row] = await db.query<[{ name: string; zone: string }]>(
      `select coalesce(s.name, p.name) as name, coalesce(s.body ->> 'zone', p.zone) as zone
         from coverage_gaps g join programs p on p.id = g.program_id
         left join schedules s on s.id = g.schedule_id where g.id = $1`,
      [id],
    );
    return row;
  }
}
