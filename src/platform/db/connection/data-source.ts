import type { DataSourceOptions } from 'typeorm';
import { ImpatientClient } from './impatient-client.js';
import { SnakeCase } from '../snake-case.js';

// Every wait on the database is bounded: a half-open connection must fail, not hang.
export const timeouts = {
  connectionTimeoutMillis: 1_000,
  query_timeout: 2_600,
  statement_timeout: 2_500,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 5_000,
} as const;

const poolMax = 20;
const idleTimeoutMs = 60_000;

export type Row = abstract new (...args: never[]) => object;

export function dataSourceOptions(url: string, rows: readonly Row[]): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: rows as unknown as string[],
    synchronize: false,
    migrationsRun: false,
    logging: false,
    namingStrategy: new SnakeCase(),
    extra: {
      ...timeouts,
      max: poolMax,
      idleTimeoutMillis: idleTimeoutMs,
      keepAlive: true,
      Client: ImpatientClient,
      pipeline: true,
      application_name: 'handrail',
    },
  };
}
