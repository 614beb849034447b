import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { change } from '../../platform/db/statements.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { ShiftWatchRow } from './shift-watch.row.js';

interface NotFree {
  id: string;
  isMissing: boolean;
}

@Injectable()
export class ShiftWatchesStore {
  constructor(private readonly dataSource: DataSource) {}

  /** False when this shift is watched already, by whichever process. */
  async insert(db: EntityManager, row: ShiftWatchRow): Promise<boolean> {
    const result = await db
      .createQueryBuilder()
      .insert()
      .into(ShiftWatchRow)
      .values(row)
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as unknown[]).length > 0;
  }

  update(tx: Tx, id: string, fields: Partial<ShiftWatchRow>): void {
    tx.write(change('shift_watches', id, fields));
  }

  byId(id: string, db: EntityManager = this.dataSource.manager): Promise<ShiftWatchRow | null> {
    return db.findOneBy(ShiftWatchRow, { id });
  }

  async byIds(db: EntityManager, ids: string[]): Promise<Map<string, ShiftWatchRow>> {
    const rows = ids.length === 0 ? [] : await db.findBy(ShiftWatchRow, { id: In(ids) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  lock(db: EntityManager, id: string): Promise<ShiftWatchRow | null> {
    return db
      .createQueryBuilder(ShiftWatchRow, 'w')
      .where('w.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  async dueIds(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select id from shift_watches where due_at <= (select handrail_now())
        order by due_at limit $1`,
      [limit],
    );
    return rows.map((row) => row.id);
  }

  /** Those that a new plan may meet, locked: what is over since long is left out. */
  lockOf(db: EntityManager, scheduleId: string, since: Date): Promise<ShiftWatchRow[]> {
    return db
      .createQueryBuilder(ShiftWatchRow, 'w')
      .where(`w.schedule_id = :scheduleId and (w.state <> 'over' or w.to_at >= :since)`, {
        scheduleId,
        since,
      })
      .orderBy('w.id')
      .setLock('pessimistic_write')
      .getMany();
  }

  /** Of schedules that no step pages any more: those that have not begun. */
  async removeUnused(db: EntityManager, programId: string, usedIds: string[]): Promise<void> {
    await db.query(
      `delete from shift_watches where program_id = $1 and state = 'planned'
          and schedule_id <> all ($2::uuid[])`,
      [programId, usedIds],
    );
  }

  async remove(db: EntityManager, ids: string[]): Promise<void> {
    if (ids.length > 0) await db.delete(ShiftWatchRow, ids);
  }

  /** Whether the same person's time on the same schedule goes on at its end without a break. */
  goesOn(db: EntityManager, { scheduleId, staffId, toAt }: ShiftWatchRow): Promise<boolean> {
    return db.existsBy(ShiftWatchRow, { scheduleId, staffId, fromAt: toAt });
  }

  /** Whether the same person was on call on the same schedule until it begins. */
  async follows(db: EntityManager, watch: ShiftWatchRow): Promise<boolean> {
    return (await this.before(db, watch)) !== null;
  }

  private before(
    db: EntityManager,
    { id, scheduleId, staffId, fromAt }: ShiftWatchRow,
  ): Promise<ShiftWatchRow | null> {
    return db
      .createQueryBuilder(ShiftWatchRow, 'w')
      .where('w.schedule_id = :scheduleId and w.staff_id = :staffId and w.to_at = :fromAt', {
        scheduleId,
        staffId,
        fromAt,
      })
      .andWhere('w.id <> :id', { id })
      .getOne();
  }

  /** When the last shift of theirs that was asked about began, as long as none broke off since. */
  async lastAskedFrom(db: EntityManager, watch: ShiftWatchRow): Promise<Date | null> {
    const rows = await db.query<{ at: Date | null }[]>(
      `with recursive back as (
         select w.from_at, w.asked_at, 0 as depth from shift_watches w
          where w.schedule_id = $1 and w.staff_id = $2 and w.to_at = $3 and w.id <> $4
         union all
         select w.from_at, w.asked_at, back.depth + 1 from back
           join shift_watches w on w.schedule_id = $1 and w.staff_id = $2
            and w.to_at = back.from_at and w.from_at < back.from_at
          where back.asked_at is null and back.depth < 50)
       select max(from_at) as at from back where asked_at is not null`,
      [watch.scheduleId, watch.staffId, watch.fromAt, watch.id],
    );
    return rows[0]?.at ?? null;
  }

  /** Whether this person is on call on another schedule of the program. */
  async isOnElsewhere(db: EntityManager, watch: ShiftWatchRow, now: Date): Promise<boolean> {
    const rows = await db.query<unknown[]>(
      `select from shift_watches
        where program_id = $1 and staff_id = $2 and schedule_id <> $3 and state <> 'over'
          and from_at <= $4 and to_at > $4 limit 1`,
      [watch.programId, watch.staffId, watch.scheduleId, now],
    );
    return rows.length > 0;
  }

  /** Whoever was asked before for the same shift, the one who was missing first included. */
  async askedFor(db: EntityManager, rootId: string): Promise<string[]> {
    const rows = await db.query<{ id: string }[]>(
      `select distinct staff_id as id from shift_watches where id = $1 or root_id = $1`,
      [rootId],
    );
    return rows.map(({ id }) => id);
  }

  /** Who is missing from a shift under way now, and who stands in for somebody then. */
  async notFree(db: EntityManager, programId: string, now: Date): Promise<NotFree[]> {
    return db.query(
      `select staff_id as id, bool_or(state in ('missed', 'declined')) as "isMissing"
         from shift_watches
        where program_id = $1 and from_at <= $2 and to_at > $2
          and (state in ('missed', 'declined') or root_id is not null and state <> 'over')
        group by staff_id`,
      [programId, now],
    );
  }

  /** Whether somebody who was put on call then or later is on call for it now. */
  async hasStandIn(
    db: EntityManager,
    { rootId, since }: { rootId: string; since: Date },
    now: Date,
  ): Promise<boolean> {
    const rows = await db.query<unknown[]>(
      `select from shift_watches
        where root_id = $1 and from_at >= $2 and from_at <= $3 and to_at > $3
          and state <> 'over' limit 1`,
      [rootId, since, now],
    );
    return rows.length > 0;
  }

  /** Those under way and to come, by their beginning. */
  listOf(db: EntityManager, programId: string, now: Date): Promise<ShiftWatchRow[]> {
    return db
      .createQueryBuilder(ShiftWatchRow, 'w')
      .where('w.program_id = :programId and w.to_at > :now', { programId, now })
      .orderBy('w.from_at')
      .addOrderBy('w.id')
      .limit(500)
      .getMany();
  }
}
