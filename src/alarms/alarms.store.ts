import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull, Not } from 'typeorm';
import { AlarmRow } from './alarm.row.js';

@Injectable()
export class AlarmsStore {
  constructor(private readonly dataSource: DataSource) {}

  /** False when the same alarm is open already. */
  async insert(db: EntityManager, row: AlarmRow): Promise<boolean> {
    const result = await db
      .createQueryBuilder()
      .insert()
      .into(AlarmRow)
      .values(row)
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as unknown[]).length > 0;
  }

  update(db: EntityManager, id: string, change: Partial<AlarmRow>): Promise<unknown> {
    return db.update(AlarmRow, { id }, change);
  }

  lock(db: EntityManager, id: string): Promise<AlarmRow | null> {
    return db
      .createQueryBuilder(AlarmRow, 'a')
      .where('a.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  lockDue(db: EntityManager, id: string, now: Date): Promise<AlarmRow | null> {
    return db
      .createQueryBuilder(AlarmRow, 'a')
      .where('a.id = :id and a.due_at <= :now', { id, now })
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getOne();
  }

  openAbout(db: EntityManager, subjectId: string): Promise<AlarmRow[]> {
    return db.find(AlarmRow, {
      where: { subjectId, dueAt: Not(IsNull()) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  countOpen(): Promise<number> {
    return this.dataSource.manager.countBy(AlarmRow, { dueAt: Not(IsNull()) });
  }

  async dueIds(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select id from alarms where due_at <= (select handrail_now())
        order by due_at limit $1`,
      [limit],
    );
    return rows.map((row) => row.id);
  }
}
