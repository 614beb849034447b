import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { openCluster } from './postgres/cluster.mjs';
import {
  isPostmaster,
  readPidFile,
  removeForeignPidFile,
  serverIsUp,
} from './postgres/process.mjs';

const startTimeoutMs = 60_000;
const stopTimeoutMs = 15_000;
const queryTimeoutMs = 5_000;
const pollMs = 40;
const relaunchMs = 250;
const logBytesMax = 1_000_000;

/**
 * Everybody who uses a server holds this advisory lock, shared, on a connection of their own. Who
 * leaves and can then have it alone was the last one, and stops the server. A killed process loses
 * its connection and with it the lock: nothing stays behind that could go stale.
 */
const useLock = 7_246_830;

/** Failures to start that pass: another start was quicker, a killed server is still going down. */
const passing = /lock file|shared memory block|could not bind|Address already in use/;

/**
 * A real PostgreSQL server from npm for the cluster in `dataDir`, created when absent and ready for
 * connections when this resolves. A server that already runs there is joined (`reused`). Declared
 * in postgres.d.mts.
 */
export async function startPostgres({ dataDir, port, fast = false }) {
  const cluster = await openCluster(dataDir, fast);
  const joined = await join(cluster, { port, fast });
  const { keeper } = joined;
  let left;
  return {
    adminUrl: cluster.url('admin', joined.port),
    appUrl: cluster.url('app', joined.port),
    superuserUrl: cluster.url('superuser', joined.port, 'postgres'),
    port: joined.port,
    pid: joined.pid,
    reused: joined.reused,
    lost: keeper.lost,
    stop: () => (left ??= leave(cluster, keeper)),
    kill: () => end(cluster, joined.pid, 'SIGKILL'),
    stopImmediately: () => end(cluster, joined.pid, 'SIGQUIT'),
  };
}

/** Ends the server of a cluster nobody will miss, if one runs, and deletes the cluster. */
export async function discardCluster(dataDir) {
  const home = path.resolve(dataDir);
  const data = path.join(fs.existsSync(home) ? fs.realpathSync(home) : home, 'data');
  const pid = readPidFile(data)?.pid;
  if (pid && isPostmaster(pid, data)) await end({ data }, pid, 'SIGQUIT');
  fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

/** Joins the running server or starts one; of several starts at once, one wins and all join. */
async function join(cluster, { port, fast }) {
  const deadline = Date.now() + startTimeoutMs;
  let launched;
  while (Date.now() < deadline) {
    const joined = await hold(cluster);
    if (joined) return { ...joined, reused: joined.pid !== launched?.pid };
    if (launched?.failed && !passing.test(launched.reason())) break;
    if (!serverIsUp(cluster.data) && (!launched || launched.failed)) {
      removeForeignPidFile(cluster.data);
      cluster.claim();
      launched = launch(cluster, port || (await freePort()), fast);
    }
    await delay(launched?.failed ? relaunchMs : pollMs);
  }
  const reason = launched?.reason() || 'it answers no connection';
  throw new Error(`PostgreSQL in ${cluster.data} does not start: ${reason}`);
}

/** A connection that marks the server as used, or undefined while no server of ours answers. */
async function hold(cluster) {
  const { port, pid } = readPidFile(cluster.data) ?? {};
  if (!port) return undefined;
  const client = new pg.Client({
    connectionString: cluster.url('superuser', port, 'postgres'),
    connectionTimeoutMillis: queryTimeoutMs,
    query_timeout: queryTimeoutMs,
    application_name: 'handrail keeper',
    ssl: false,
  });
  const lost = new Promise((resolve) => client.once('end', resolve));
  client.on('error', () => {}); // Told by `lost`.
  try {
    await client.connect();
    const { rows } = await client.query('show data_directory');
    // A copied folder names the port of the server it was copied from.
    if (rows[0].data_directory !== cluster.data) throw new Error('another server');
    await client.query('select pg_advisory_lock_shared($1)', [useLock]);
    client.unref();
    return { keeper: { client, lost, pid }, port, pid };
  } catch {
    // Not up yet, going down, or not ours: the caller tries again.
    await client.end().catch(() => {});
    return undefined;
  }
}

/** Gives up our use of the server and stops it when nobody else uses it. */
async function leave(cluster, keeper) {
  const held = (await stillHolds(keeper)) ? keeper : (await hold(cluster))?.keeper;
  if (!held) return;
  held.client.ref();
  try {
    await held.client.query('select pg_advisory_unlock_shared($1)', [useLock]);
    const { rows } = await held.client.query('select pg_try_advisory_lock($1) as last', [useLock]);
    if (rows[0].last) await end(cluster, held.pid, 'SIGINT');
  } catch {
    // The server died under us: there is nothing left to stop.
  }
  await held.client.end().catch(() => {}); // The server closed it while it stopped.
}

/** False after the server crashed and recovered without us. */
async function stillHolds({ client }) {
  client.ref();
  return client.query('select 1').then(
    () => true,
    () => false,
  );
}

async function end(cluster, pid, signal) {
  if (!isPostmaster(pid, cluster.data)) return;
  process.kill(pid, signal);
  const deadline = Date.now() + stopTimeoutMs;
  while (isPostmaster(pid, cluster.data)) {
    if (Date.now() > deadline) return void process.kill(pid, 'SIGKILL');
    await delay(pollMs);
  }
}

/** Detached: a Ctrl-C in the terminal reaches the service first and the database last. */
function launch(cluster, port, fast) {
  const { log, start } = openLog(cluster.log);
  const [command, args, how] = cluster.identity.prepare(cluster.binaries.postgres, [
    '-D',
    cluster.data,
    '-p',
    String(port),
    ...[...settings, ...(fast ? fastSettings : [])].flatMap((setting) => ['-c', setting]),
  ]);
  const server = spawn(command, args, { ...how, stdio: ['ignore', log, log], detached: true });
  fs.closeSync(log);
  server.unref();
  const launched = { pid: server.pid, failed: false, reason: () => tail(cluster.log, start) };
  server.once('exit', () => (launched.failed = true));
  server.once('error', (error) =>
    Object.assign(launched, { failed: true, reason: () => error.message }),
  );
  return launched;
}

/** The log names no value of any row: a server's error lines would quote them. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=64MB',
  'max_connections=200',
  'log_min_messages=log',
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
];

/** Commits still reach the operating system: they outlive a killed server, not a power cut. */
const fastSettings = ['fsync=off', 'full_page_writes=off'];

function openLog(file) {
  const size = fs.existsSync(file) ? fs.statSync(file).size : 0;
  if (size > logBytesMax) fs.truncateSync(file);
  return { log: fs.openSync(file, 'a', 0o600), start: size > logBytesMax ? 0 : size };
}

function tail(file, start) {
  return fs.readFileSync(file).subarray(start).toString('utf8').trim().slice(-2_000);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
