import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { discardCluster, startPostgres } from '../../scripts/postgres.mjs';
import { runProgram } from '../../scripts/programs.mjs';
import { Sender } from './load.mjs';
import { findProgram, freePort, startOurs, startRedis, until } from './processes.mjs';
import { integrationKey, programFile } from './program.mjs';

const drainTimeoutMs = 60_000;
const ourNumber = '+12025550100';

/** Invented, the same for every process of the run. */
const secrets = {
  HANDRAIL_MODE: 'demo',
  HANDRAIL_ENCRYPTION_KEYS: `bench-1:${randomBytes(32).toString('base64')}`,
  HANDRAIL_INDEX_KEY: randomBytes(32).toString('base64'),
  TWILIO_ACCOUNT_SID: `AC${randomBytes(16).toString('hex')}`,
  TWILIO_AUTH_TOKEN: randomBytes(16).toString('hex'),
  TWILIO_FROM_NUMBERS: ourNumber,
};

/**
 * A throw-away PostgreSQL that commits to disk, with a migrated database and the program in it, of
 * which each queue gets a copy of its own. Everything listens on this machine only.
 */
export async function openRig() {
  // By this name the next test run knows it, and clears it away should we be killed.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `handrail-test-${process.pid}-`));
  fs.chmodSync(folder, 0o711); // As root the server is somebody else, who has to walk through.
  const dataDir = path.join(folder, 'pg');
  const closing = [];
  const close = async () => {
    await closeAll(closing);
    await discardCluster(dataDir);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    const cluster = await startPostgres({ dataDir });
    await fill(cluster, path.join(folder, 'program.yaml'));
    const redisProgram = findProgram('redis-server');
    const start = (backend) => startStage(cluster, backend, redisProgram, closing);
    return { backends: backendsWith(redisProgram), start, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function backendsWith(redisProgram) {
  const skipped = redisProgram ? [] : ['redis'];
  return { measured: redisProgram ? ['postgres', 'redis'] : ['postgres'], skipped };
}

async function fill({ adminUrl, appUrl }, file) {
  fs.writeFileSync(file, JSON.stringify(programFile)); // JSON is YAML.
  const addresses = { DATABASE_URL: appUrl, DATABASE_ADMIN_URL: adminUrl };
  const env = { PATH: process.env.PATH, ...secrets, ...addresses };
  const stop = new AbortController().signal;
  for (const command of [['migrate'], ['apply', file]]) {
    const code = await runProgram(['dist/cli/main.js', ...command], {
      env,
      stop,
      stdout: 'ignore',
    });
    if (code !== 0) throw new Error(`handrail ${command[0]} ended with ${code}`);
  }
}

let stages = 0;

/** A fresh database, the lab and one process of the service, with one of the queues. */
async function startStage(cluster, backend, redisProgram, rigClosing) {
  stages += 1;
  const closing = [];
  const stage = { backend, close: () => closeAll(closing) };
  rigClosing.push(stage.close);
  stage.database = await copyDatabase(cluster, `bench_${stages}`, closing);
  const lab = startOurs('dist/phone-lab/main.js', { ...secrets, PORT: '0' });
  closing.push(lab.stop);
  stage.labUrl = JSON.parse(await lab.says((line) => line.startsWith('{'))).labUrl;
  const redis = backend === 'redis' ? await startRedis(redisProgram) : null;
  if (redis) closing.push(() => redis.stop());
  stage.url = await startService(stage, redis?.url, closing);
  stage.sender = (connectionsMax) => openSender(stage.url, connectionsMax, closing);
  return stage;
}

async function copyDatabase(cluster, name, closing) {
  const at = (url) => Object.assign(new URL(url), { pathname: name }).href;
  const server = new pg.Client({ connectionString: cluster.superuserUrl });
  server.on('error', () => {}); // Told by the next question.
  await server.connect();
  closing.push(() => server.end());
  await server.query(`create database ${name} template handrail owner handrail_admin`);
  closing.push(() => server.query(`drop database ${name} with (force)`));
  const superuser = new pg.Pool({ connectionString: at(cluster.superuserUrl), max: 2 });
  superuser.on('error', () => {}); // Told by the next question.
  closing.push(() => superuser.end());
  const ask = async (text, values) => (await superuser.query(text, values)).rows;
  return { appUrl: at(cluster.appUrl), ask };
}

async function startService({ database, labUrl }, redisUrl, closing) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const service = startOurs('dist/main.js', {
    ...secrets,
    PORT: String(port),
    PUBLIC_BASE_URL: url,
    DATABASE_URL: database.appUrl,
    TWILIO_API_BASE_URL: labUrl,
    ...(redisUrl && { REDIS_URL: redisUrl }),
  });
  closing.push(service.stop);
  await service.says((line) => line.includes(' answers at '));
  await until('the engine', async () => (await fetch(`${url}/health/engine`)).ok);
  return url;
}

function openSender(url, connectionsMax, closing) {
  const sender = new Sender({ url, integrationKey, connectionsMax });
  closing.push(() => sender.close());
  return sender;
}

async function closeAll(closing) {
  for (const close of closing.splice(0).toReversed()) await close();
}

/** Waits until every page that was asked for has been handed over and its receipts came in. */
export function drain({ database }) {
  return until(
    'the pages to be delivered',
    async () => {
      const [{ waiting }] = await database.ask(
        `select count(*)::int as waiting from pages where state in ('queued', 'sending', 'sent')`,
      );
      return waiting === 0;
    },
    drainTimeoutMs,
  );
}

/** The provider's own record of texts: when each request arrived, and which case it was about. */
export async function textsByCase({ labUrl }) {
  const { requests } = await (await fetch(`${labUrl}/lab/requests`)).json();
  const first = new Map();
  for (const { operation, at, params } of requests) {
    const ref = /^ONCALL \w+ (\w+) /.exec(params.Body ?? '')?.[1];
    if (operation !== 'CreateMessage' || ref === undefined || first.has(ref)) continue;
    first.set(ref, Date.parse(at));
  }
  return first;
}
