import { runMigrations } from 'bullmq';
import pg from 'pg';
import { queueSchema } from './connection.js';

/** Makes or updates the schema of the PostgreSQL queue backend, open to the service's role. */
export async function migrateQueue(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(7246832)');
    await runMigrations(client, queueSchema);
    await client.query(`
      grant usage on schema ${queueSchema} to handrail_app;
      grant select, insert, update, delete on all tables in schema ${queueSchema} to handrail_app;
      grant usage, select, update on all sequences in schema ${queueSchema} to handrail_app;
      grant execute on all functions in schema ${queueSchema} to handrail_app;
    `);
  } finally {
    await client.end();
  }
}
