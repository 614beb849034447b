import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { findBinaries, unprivilegedIdentity } from './binaries.mjs';
import { isAlive } from './process.mjs';

const roles = { admin: 'handrail_admin', app: 'handrail_app', superuser: 'postgres' };

/**
 * A PostgreSQL cluster on disk: its files, its passwords, the identity to run it under. Created
 * when it is not there yet, wholly or not at all: everything is made beside it and renamed.
 *
 * @param home folder that holds the data folder, the passwords and the server's log
 * @param fast nothing is forced to disk: for data nobody will miss
 */
export async function openCluster(home, fast) {
  const parent = path.dirname(path.resolve(home));
  fs.mkdirSync(parent, { recursive: true });
  const at = path.join(fs.realpathSync(parent), path.basename(home));
  const data = path.join(at, 'data');
  const binaries = await findBinaries();
  const existing = isComplete(at) ? data : undefined;
  const identity = unprivilegedIdentity([path.dirname(at), ...Object.values(binaries)], existing);
  removeAbandonedDrafts(at);
  if (!existing) createCluster(at, { binaries, identity, fast });
  const claim = () => giveTo(identity.owner, data);
  return { binaries, identity, data, claim, log: path.join(at, 'server.log'), url: urlsOf(at) };
}

/** Only a finished cluster is ever given this name. */
function isComplete(home) {
  return fs.existsSync(path.join(home, 'data', 'PG_VERSION'));
}

function createCluster(home, { binaries, identity, fast }) {
  const draft = `${home}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  fs.mkdirSync(draft, { mode: 0o711 });
  try {
    const passwords = writePasswords(draft);
    const data = path.join(draft, 'data');
    fs.mkdirSync(data, { mode: 0o700 });
    giveTo(identity.owner, data);
    initialize(data, { binaries, identity, fast });
    runSql(rolesSql(passwords), 'postgres', data, { binaries, identity, fast });
    runSql(privilegesSql, 'handrail', data, { binaries, identity, fast });
    adopt(draft, home);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true, maxRetries: 5 });
  }
}

function initialize(data, { binaries, identity, fast }) {
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', ...locale];
  const args = ['-D', data, ...options, ...(fast ? ['--no-sync'] : [])];
  const [command, rest, how] = identity.prepare(binaries.initdb, args);
  demandSuccess(spawnSync(command, rest, { ...how, encoding: 'utf8' }), 'initdb');
  fs.writeFileSync(path.join(data, 'pg_hba.conf'), passwordsOnly);
}

/** Trust ends before the server ever listens. */
const passwordsOnly = `host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
`;

/** In single-user mode: nothing listens, and a process that loses us reads the end of its input. */
function runSql(statements, database, data, { binaries, identity, fast }) {
  const settings = ['-c', 'exit_on_error=on', '-c', 'log_min_error_statement=panic'];
  const args = ['--single', '-j', ...(fast ? ['-F'] : []), '-D', data, ...settings, database];
  const [command, rest, how] = identity.prepare(binaries.postgres, args);
  const input = statements.map((statement) => `${statement};\n\n`).join('');
  demandSuccess(spawnSync(command, rest, { ...how, input, encoding: 'utf8' }), 'creating roles');
}

function rolesSql(passwords) {
  return [
    `alter role postgres password '${passwords.superuser}'`,
    `create role handrail_admin login createrole createdb password '${passwords.admin}'`,
    `create role handrail_app login password '${passwords.app}'`,
    'create role handrail_audit nologin',
    'grant handrail_audit to handrail_admin with admin true, set true, inherit false',
    'create database handrail owner handrail_admin',
  ];
}

const privilegesSql = ['revoke create on schema public from public'];

function demandSuccess({ status, signal, error, stderr }, what) {
  if (status === 0) return;
  throw new Error(`${what} failed: ${error?.message ?? `${signal ?? status}\n${stderr}`}`);
}

/** When two starts create the same cluster at once the first counts: the other cannot rename. */
function adopt(draft, home) {
  try {
    fs.renameSync(draft, home);
  } catch (error) {
    if (!isComplete(home)) throw error;
  }
}

/** Left by a process that was killed while it created a cluster. */
function removeAbandonedDrafts(home) {
  const prefix = `${path.basename(home)}.new-`;
  for (const name of fs.readdirSync(path.dirname(home))) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length).split('-')[0])))
      continue;
    fs.rmSync(path.join(path.dirname(home), name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function writePasswords(home) {
  const names = Object.keys(roles);
  return Object.fromEntries(names.map((name) => [name, writePassword(home, name)]));
}

function writePassword(home, name) {
  const password = randomBytes(24).toString('base64url');
  const file = fs.openSync(path.join(home, `${name}-password`), 'wx', 0o600);
  fs.writeSync(file, password);
  fs.fsyncSync(file);
  fs.closeSync(file);
  return password;
}

function urlsOf(home) {
  return (name, port, database = 'handrail') => {
    const password = fs.readFileSync(path.join(home, `${name}-password`), 'utf8');
    return `postgres://${roles[name]}:${password}@127.0.0.1:${port}/${database}`;
  };
}

/** Only root can give files away, and only then is there an owner. */
function giveTo(owner, folder) {
  const { uid } = fs.statSync(folder);
  if (process.getuid?.() !== 0 || uid === (owner?.uid ?? 0)) return;
  spawnSync('chown', ['-R', `${owner?.uid ?? 0}:${owner?.gid ?? 0}`, folder]);
}
