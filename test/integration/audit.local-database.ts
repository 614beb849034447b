import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { migrations } from '../../src/migrations/migrations.js';
import { dataSourceOptions } from '../../src/platform/db/data-source.js';
import { migrate } from '../../src/platform/db/migrate.js';

/** A fresh, migrated database in the cluster that the test run provides. */
export async function createTestDatabase() {
  const name = `audit_${randomUUID().replaceAll('-', '')}`;
  const url = (who: 'ADMIN' | 'APP' | 'SUPERUSER') => {
    const address = new URL(process.env[`TEST_PG_${who}_URL`] ?? '');
    address.pathname = name;
    return address.href;
  };
  const server = new DataSource({ type: 'postgres', url: process.env['TEST_PG_SUPERUSER_URL']! });
  await server.initialize();
  await server.query(`create database ${name} owner handrail_admin`);
  await migrate(url('ADMIN'), migrations);
  const dataSource = new DataSource(dataSourceOptions(url('APP'), []));
  await dataSource.initialize();
  return {
    adminUrl: url('ADMIN'),
    appUrl: url('APP'),
    superuserUrl: url('SUPERUSER'),
    dataSource,
    async drop() {
      await dataSource.destroy();
      await server.query(`drop database ${name} with (force)`);
      await server.destroy();
    },
  };
}
