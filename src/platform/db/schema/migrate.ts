import { DataSource, type MigrationInterface } from 'typeorm';
import { timeouts } from '../connection/data-source.js';

const migrationLock = 7_246_831;

type MigrationClass = new () => MigrationInterface;

/** Brings the schema up to date; two at once wait for each other. Returns what was applied. */
export async function migrate(
  adminUrl: string,
  migrations: readonly MigrationClass[],
): Promise<string[]> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: adminUrl,
    migrations: migrations as unknown as string[],
    migrationsTableName: 'schema_migrations',
    extra: { max: 2, connectionTimeoutMillis: timeouts.connectionTimeoutMillis },
  });
  await dataSource.initialize();
  try {
    const guard = dataSource.createQueryRunner();
    await guard.query('select pg_advisory_lock($1)', [migrationLock]);
    try {
      const applied = await dataSource.runMigrations({ transaction: 'each' });
      await guard.query('grant select on schema_migrations to handrail_app');
      return applied.map((one) => one.name);
    } finally {
      await guard.query('select pg_advisory_unlock($1)', [migrationLock]);
      await guard.release();
    }
  } finally {
    await dataSource.destroy();
  }
}
