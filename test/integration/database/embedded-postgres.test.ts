import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { discardCluster, startPostgres } from '../../../scripts/postgres.mjs';

let folder: string;
let dataDir: string;

describe('the roles of a new cluster', () => {
  beforeAll(makeFolder);
  afterAll(removeFolder);

  it('lets the admin role create tables and an audit schema it does not own', async () => {
    const { adminUrl } = await start();

    await query(adminUrl, 'create table notes (body text)');
    await query(adminUrl, 'create schema audit authorization handrail_audit');

    const owner = `
      select nspowner::regrole::text as name from pg_namespace where nspname = 'audit'`;
    expect(await query(adminUrl, owner)).toEqual([{ name: 'handrail_audit' }]);
  });

  it('lets the app role neither create tables nor become another role', async () => {
    const { appUrl } = await start();

    await expect(query(appUrl, 'create table notes (body text)')).rejects.toThrow(
      'permission denied for schema public',
    );
    await expect(query(appUrl, 'create schema mine')).rejects.toThrow('permission denied');
    await expect(query(appUrl, 'set role handrail_audit')).rejects.toThrow('permission denied');
  });

  it('makes no role but its own a superuser', async () => {
    const { superuserUrl } = await start();

    const superusers = await query(superuserUrl, 'select rolname from pg_roles where rolsuper');

    expect(superusers).toEqual([{ rolname: 'postgres' }]);
  });

  it('keeps the passwords from other users and lets nobody in without one', async () => {
    const { port } = await start();

    for (const role of ['admin', 'app', 'superuser']) {
      const file = await stat(path.join(dataDir, `${role}-password`));
      expect(file.mode & 0o777).toBe(0o600);
    }
    const guessed = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
    await expect(query(guessed, 'select 1')).rejects.toThrow('password authentication failed');
  });
});

describe('starting again', () => {
  beforeEach(makeFolder);
  afterEach(removeFolder);

  it('keeps data and passwords over a stop', async () => {
    const first = await start();
    await query(first.adminUrl, `create table notes as select 'kept' as body`);
    await first.stop();

    const second = await start({ port: first.port });

    expect(second).toMatchObject({ reused: false, adminUrl: first.adminUrl });
    expect(await query(second.adminUrl, 'select body from notes')).toEqual([{ body: 'kept' }]);
  });

  it('keeps committed data over a kill -9 of the server and says that it was lost', async () => {
    const first = await start();
    await query(first.adminUrl, `create table notes as select 'kept' as body`);
    await first.kill();
    await first.lost;

    const second = await start({ port: first.port });

    expect(second.reused).toBe(false);
    expect(await query(second.adminUrl, 'select body from notes')).toEqual([{ body: 'kept' }]);
  });

  it("is not stopped by the process number of a killed server that is now another's", async () => {
    const first = await start();
    await first.kill();
    const pidFile = path.join(dataDir, 'data', 'postmaster.pid');
    const [, ...rest] = (await readFile(pidFile, 'utf8')).split('\n');
    const somebodyElse = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000)']);
    await writeFile(pidFile, [somebodyElse.pid, ...rest].join('\n'));

    const second = await start().finally(() => somebodyElse.kill());

    expect(await query(second.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('starts its own server in a folder copied from under a running one', async () => {
    const original = await start();
    const copy = path.join(folder, 'copy');
    await original.kill();
    await cp(dataDir, copy, { recursive: true });
    const running = await start({ port: original.port });

    const copied = await startPostgres({ dataDir: copy, fast: true });

    expect(copied.reused).toBe(false);
    expect(copied.port).not.toBe(running.port);
  });

  it('begins anew when a kill -9 came in the middle of the creation', async () => {
    const launcher = new URL('../../../scripts/postgres.mjs', import.meta.url).href;
    const program =
      'import(process.argv[1]).then((m) => m.startPostgres({ dataDir: process.argv[2] }))';
    const starter = spawn(process.execPath, ['-e', program, launcher, dataDir]);
    await eventually(async () =>
      (await readdir(folder)).some((name) => name.startsWith('pg.new-')),
    );
    starter.kill('SIGKILL');
    await once(starter, 'exit');

    const { appUrl } = await start();

    expect(await query(appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await readdir(folder)).toEqual(['pg']);
  });
});

describe('several starts beside each other', () => {
  beforeEach(makeFolder);
  afterEach(removeFolder);

  it('end up with one server, also when none of them found a cluster', async () => {
    const started = await Promise.all([start(), start(), start()]);

    expect(new Set(started.map(({ pid }) => pid)).size).toBe(1);
    expect(started.filter(({ reused }) => !reused)).toHaveLength(1);
  });

  it('keep the server until the last of them stops, whoever started it', async () => {
    const first = await start();
    const second = await start();
    expect(second.reused).toBe(true);

    await first.stop();
    expect(await query(second.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);

    await second.stop();
    await expect(query(second.appUrl, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });
});

async function makeFolder(): Promise<void> {
  folder = await mkdtemp(path.join(tmpdir(), 'handrail postgres '));
  await chmod(folder, 0o711); // As root the server can be somebody else, who must pass through.
  dataDir = path.join(folder, 'pg');
}

async function removeFolder(): Promise<void> {
  for (const name of await readdir(folder)) await discardCluster(path.join(folder, name));
  await rm(folder, { recursive: true, force: true });
}

function start({ port }: { port?: number } = {}) {
  return startPostgres({ dataDir, fast: true, ...(port === undefined ? {} : { port }) });
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on('error', () => {}); // The server is about to be stopped under it.
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not come about within 10 s');
    await delay(5);
  }
}
