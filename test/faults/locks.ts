import pg from 'pg';
import type { Service } from '../support/service.js';

/** Until it is released, or the server dies, nobody else can write to this table. */
export async function lockTable(
  service: Service,
  table: string,
): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: service.database.superuserUrl });
  client.on('error', () => undefined); // The server may be killed, and the lock with it.
  await client.connect();
  await client.query(`begin; lock table ${table} in share mode`);
  return { release: () => client.end() };
}

/** Whether a transaction of the service waits for a lock. */
export async function someoneWaits(service: Service): Promise<boolean> {
  const waiting = await service.sql(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return waiting.length > 0;
}
