import {
  createPostgresBackend,
  createRedisBackend,
  setDefaultBackendFactory,
  type BackendFactory,
  type ConnectionOptions,
  type PostgresConnectionOptions,
} from 'bullmq';
import { ImpatientClient } from '../db/connection/impatient-client.js';
import type { QueueBackend } from './queue.config.js';

export const queueSchema = 'bullmq';

const isPostgres = (connection: unknown): connection is PostgresConnectionOptions =>
  typeof connection === 'object' && connection !== null && 'connectionString' in connection;

const byConnection: BackendFactory = (name, options, extra) =>
  isPostgres(options.connection)
    ? createPostgresBackend(name, { ...options, connection: options.connection }, extra)
    : createRedisBackend(name, options, extra);

/** Lets the shape of the connection choose BullMQ's backend; call before any queue exists. */
export function chooseBackendByConnection(): void {
  setDefaultBackendFactory(byConnection);
}

/** Every wait is bounded: a half-open connection fails within seconds and is made anew. */
export function queueConnection(backend: QueueBackend): ConnectionOptions {
  if (backend.kind === 'postgres') {
    const postgres = {
      connectionString: backend.url,
      schema: queueSchema,
      max: 4,
      keepAlive: true,
      Client: ImpatientClient,
      connectionTimeoutMillis: 1_000,
      query_timeout: 3_000,
      statement_timeout: 3_000,
    };
    return postgres satisfies PostgresConnectionOptions;
  }
  const url = new URL(backend.url);
  return {
    host: url.hostname,
    port: Number(url.port || 6379),
    ...(url.username && { username: decodeURIComponent(url.username) }),
    ...(url.password && { password: decodeURIComponent(url.password) }),
    ...(url.pathname.length > 1 && { db: Number(url.pathname.slice(1)) }),
    ...(url.protocol === 'rediss:' && { tls: {} }),
    maxRetriesPerRequest: null,
    connectTimeout: 2_000,
    socketTimeout: 8_000,
  };
}
