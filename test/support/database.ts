import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { discardCluster, startPostgres } from '../../scripts/postgres.mjs';
import { migrations } from '../../src/migrations/migrations.js';
import { migrate } from '../../src/platform/db/schema/migrate.js';
import { migrateQueue } from '../../src/platform/queue/migrate-queue.js';

/** Addresses of a PostgreSQL server, or of one database in it. */
export interface Addresses {
  adminUrl: string;
  appUrl: string;
  superuserUrl: string;
}

export interface TestDatabase extends Addresses {
  drop(): Promise<void>;
}

/** What a database holds beside the schema; filled in once per run and then only copied. */
export interface Content {
  /** Names the template: other content, other name. Letters, digits and underscores. */
  name: string;
  fill(database: Addresses): Promise<void>;
}

/** A server of its own, for tests that stop it. */
export interface OwnCluster extends Addresses {
  port: number;
  /** `kill -9`, as good as pulling the plug. */
  kill(): Promise<void>;
  /** `pg_ctl stop -m immediate`. */
  stopImmediately(): Promise<void>;
  /** After either, at the same address. */
  startAgain(): Promise<void>;
  discard(): Promise<void>;
}

export const root = path.resolve(import.meta.dirname, '../..');

const templateLock = 7_246_840;

/**
 * A fresh, migrated database: a copy of a template that is made once per cluster. Without a cluster
 * it is made in the one of the test run; a file run by hand starts one and ends it with its last
 * database.
 */
export async function createTestDatabase(
  given: { cluster?: Addresses; content?: Content } = {},
): Promise<TestDatabase> {
  const shared = given.cluster ? null : await joinShared();
  const cluster = given.cluster ?? shared!.addresses;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = await theTemplate(cluster, given.content);
  await asSuperuser(cluster, (server) => copy(server, template, name));
  return {
    ...addressesOf(cluster, name),
    async drop() {
      await asSuperuser(cluster, (server) => server.query(`drop database ${name} with (force)`));
      await shared?.leave();
    },
  };
}

export async function startOwnCluster(): Promise<OwnCluster> {
  const folder = mkdtempSync(path.join(tmpdir(), `handrail-test-${process.pid}-`));
  chmodSync(folder, 0o711); // As root the server is somebody else, who has to walk through.
  const dataDir = path.join(folder, 'pg');
  let server = await startPostgres({ dataDir, fast: true });
  const { adminUrl, appUrl, superuserUrl, port } = server;
  return {
    adminUrl,
    appUrl,
    superuserUrl,
    port,
    kill: () => server.kill(),
    stopImmediately: () => server.stopImmediately(),
    async startAgain() {
      server = await startPostgres({ dataDir, port, fast: true });
    },
    async discard() {
      await discardCluster(dataDir);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs one piece of SQL by itself, under whichever role the address names. */
export async function runSql<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

interface SharedCluster {
  addresses: Addresses;
  leave(): Promise<void>;
}

let byHand: Promise<OwnCluster> | undefined;
let usersByHand = 0;

async function joinShared(): Promise<SharedCluster> {
  const [adminUrl, appUrl, superuserUrl] = ['ADMIN', 'APP', 'SUPERUSER'].map(
    (who) => process.env[`TEST_PG_${who}_URL`],
  );
  if (adminUrl && appUrl && superuserUrl) {
    return { addresses: { adminUrl, appUrl, superuserUrl }, leave: () => Promise.resolve() };
  }
  usersByHand += 1;
  byHand ??= startByHand();
  const cluster = await byHand;
  return {
    addresses: cluster,
    async leave() {
      usersByHand -= 1;
      if (usersByHand > 0) return;
      byHand = undefined;
      await cluster.discard();
    },
  };
}

/** What a test run has done already before it comes to the tests. */
function startByHand(): Promise<OwnCluster> {
  const build = `await (await import('./scripts/prepare.mjs')).prepare()`;
  execFileSync(process.execPath, ['--input-type=module', '-e', build], { cwd: root });
  return startOwnCluster();
}

/** The name of the template that holds the schema and the content. */
async function theTemplate(cluster: Addresses, content: Content | undefined): Promise<string> {
  const schema = `template_${schemaFingerprint()}`;
  const name = content ? `${schema}_${content.name}` : schema;
  await asSuperuser(cluster, async (server) => {
    await server.query('select pg_advisory_lock($1)', [templateLock]);
    await makeOnce(server, schema, 'template1', (draft) => fillSchema(addressesOf(cluster, draft)));
    if (!content) return;
    await makeOnce(server, name, schema, (draft) => content.fill(addressesOf(cluster, draft)));
  });
  return name;
}

async function fillSchema({ adminUrl }: Addresses): Promise<void> {
  await migrate(adminUrl, migrations);
  await migrateQueue(adminUrl);
}

/** Under another name until it is whole: a run that was killed leaves no half of one behind. */
async function makeOnce(
  server: pg.Client,
  name: string,
  from: string,
  fill: (draft: string) => Promise<void>,
): Promise<void> {
  const { rows } = await server.query('select from pg_database where datname = $1', [name]);
  if (rows.length > 0) return;
  await server.query(`drop database if exists ${name}_draft with (force)`);
  await copy(server, from, `${name}_draft`);
  await fill(`${name}_draft`);
  await server.query(`alter database ${name}_draft rename to ${name}`);
}

function copy(server: pg.Client, from: string, to: string): Promise<unknown> {
  return server.query(`create database ${to} template ${from} owner handrail_admin`);
}

/** Changes with every migration, so that a cluster that is kept never hands out an old schema. */
function schemaFingerprint(): string {
  const folder = path.join(root, 'src/migrations');
  const hash = createHash('sha256');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  for (const file of files.map(({ parentPath, name }) => path.join(parentPath, name)).toSorted())
    hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 8);
}

function addressesOf(cluster: Addresses, database: string): Addresses {
  const at = (url: string): string => Object.assign(new URL(url), { pathname: database }).href;
  return {
    adminUrl: at(cluster.adminUrl),
    appUrl: at(cluster.appUrl),
    superuserUrl: at(cluster.superuserUrl),
  };
}

async function asSuperuser(
  cluster: Addresses,
  work: (server: pg.Client) => Promise<unknown>,
): Promise<void> {
  const server = new pg.Client({ connectionString: cluster.superuserUrl });
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}
