import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../prepare.mjs';

const retryMs = 1_000;

export const databaseIsGiven = Boolean(process.env.DATABASE_URL || process.env.DATABASE_URL_FILE);

/**
 * The database as environment variables: none when the environment names one, otherwise those of
 * the embedded PostgreSQL under .handrail/, started or joined, and brought back at the same address
 * when it dies. `close` gives it up.
 */
export async function openDatabase() {
  if (databaseIsGiven) return { env: {}, close: async () => {} };
  const server = await keepPostgres(path.join(root, '.handrail', 'pg'));
  const env = {
    DATABASE_URL: server.appUrl,
    DATABASE_ADMIN_URL: server.adminUrl,
    HANDRAIL_MODE: process.env.HANDRAIL_MODE || 'demo', // Its default without a database address.
  };
  return { env, close: server.close };
}

async function keepPostgres(dataDir) {
  const { startPostgres } = await import('../postgres.mjs');
  let server = await startPostgres({ dataDir });
  let starting;
  let closed = false;

  async function bringBack() {
    for (;;) {
      await server.lost;
      if (closed) return;
      console.error('The database ended unexpectedly. Starting it again.');
      starting = startPostgres({ dataDir, port: server.port });
      server = await starting.catch((error) => giveItTime(error, server));
    }
  }
  void bringBack();

  const close = async () => {
    closed = true;
    await starting?.catch(() => {}); // Told by bringBack.
    await server.stop();
  };
  return { appUrl: server.appUrl, adminUrl: server.adminUrl, close };
}

async function giveItTime(error, lostServer) {
  console.error(error.message);
  await delay(retryMs);
  return lostServer;
}
