import type { EntityManager } from 'typeorm';

/** The one source of time: `handrail_now()` in the database, whole milliseconds. */
export async function databaseNow(db: EntityManager): Promise<Date> {
  const [row] = await db.query<[{ now: Date }]>('select handrail_now() as now');
  return row.now;
}
