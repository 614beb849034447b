import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { snake } from '../../../platform/db/snake-case.js';
import type { Interval } from '../../rules/schedule.js';
import { BusyCalendarRow } from './busy-calendar.row.js';

const mayBeFetched = `exists (select from staff s
                               where s.id = c.staff_id and s.disabled_at is null)`;

@Injectable()
export class BusyCalendarsStore {
  constructor(private readonly dataSource: DataSource) {}

  of(db: EntityManager, staffId: string): Promise<BusyCalendarRow | null> {
    return db.findOneBy(BusyCalendarRow, { staffId });
  }

  /** Of two at once the later one stays. */
  put(db: EntityManager, row: BusyCalendarRow): Promise<unknown> {
    const changed = Object.keys(row).map(snake);
    return db
      .createQueryBuilder()
      .insert()
      .into(BusyCalendarRow)
      .values(row)
      .orUpdate(changed, ['staff_id'])
      .execute();
  }

  update(db: EntityManager, id: string, change: Partial<BusyCalendarRow>): Promise<unknown> {
    return db.update(BusyCalendarRow, { id }, change);
  }

  /** With everything that was read from it; false when there was none. */
  async remove(db: EntityManager, staffId: string): Promise<boolean> {
    const { affected } = await db.delete(BusyCalendarRow, { staffId });
    await db.query('delete from busy_times where staff_id = $1', [staffId]);
    return affected === 1;
  }

  lockDue(db: EntityManager, id: string, now: Date): Promise<BusyCalendarRow | null> {
    return db
      .createQueryBuilder(BusyCalendarRow, 'c')
      .where(`c.id = :id and c.due_at <= :now and ${mayBeFetched}`, { id, now })
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getOne();
  }

  /** Null: another address took its place meanwhile, or none. */
  lock(db: EntityManager, id: string): Promise<BusyCalendarRow | null> {
    return db
      .createQueryBuilder(BusyCalendarRow, 'c')
      .where('c.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  async dueIds(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select c.id from busy_calendars c
        where c.due_at <= (select handrail_now()) and ${mayBeFetched}
        order by c.due_at limit $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** As a whole: what is no longer in the calendar is no longer here. */
  async replaceTimes(
    db: EntityManager,
    staffId: string,
    times: readonly Interval[],
  ): Promise<void> {
    await db.query('delete from busy_times where staff_id = $1', [staffId]);
    await db.query(
      `insert into busy_times (staff_id, from_at, to_at)
       select $1, * from unnest($2::timestamptz[], $3::timestamptz[])`,
      [staffId, times.map(({ from }) => new Date(from)), times.map(({ to }) => new Date(to))],
    );
  }

  /** Those that meet the span, by person and in order. */
  async times(
    db: EntityManager,
    staffIds: readonly string[],
    { from, to }: Interval,
  ): Promise<(Interval & { staffId: string })[]> {
    const rows = await db.query<{ staffId: string; from: Date; to: Date }[]>(
      `select staff_id as "staffId", from_at as "from", to_at as "to" from busy_times
        where staff_id = any ($1::uuid[]) and from_at < $3 and to_at > $2
        order by staff_id, from_at`,
      [staffIds, new Date(from), new Date(to)],
    );
    return rows.map((row) => ({ ...row, from: row.from.getTime(), to: row.to.getTime() }));
  }

  /** Those that are not over. */
  async countTimes(db: EntityManager, staffId: string, now: Date): Promise<number> {
    const rows = await db.query<{ count: number }[]>(
      `select count(*)::integer as count from busy_times where staff_id = $1 and to_at > $2`,
      [staffId, now],
    );
    return rows[0]?.count ?? 0;
  }
}
