import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inTurn } from './start/turn.mjs';

export const root = path.resolve(import.meta.dirname, '..');

const builtStamp = path.join(root, 'dist', '.built-from');
const turnFile = path.join(root, '.handrail', 'preparing');

/**
 * Installs and builds, each only when what it is made from changed, one process at a time. What
 * they print goes to the error output: ours belongs to the command that follows.
 */
export async function prepare() {
  if (isInstalled() && isBuilt()) return;
  // Two at once would delete each other's half-made folders.
  await inTurn(turnFile, () => {
    if (!isInstalled()) install();
    if (!isBuilt()) build();
  });
}

/** The command that runs npm, also where only `npm run` knows where npm is. */
export function npmCommand(args) {
  const npm = process.env.npm_execpath;
  return npm ? [process.execPath, [npm, ...args]] : ['npm', args];
}

/**
 * npm writes its own record of what is installed as the last act of an installation, so half of one
 * has none. Compared by version: optional packages are those of other platforms.
 */
function isInstalled() {
  const installed = readJson('node_modules/.package-lock.json')?.packages;
  const locked = readJson('package-lock.json').packages;
  if (!installed || dependenciesOf(locked['']) !== dependenciesOf(readJson('package.json'))) {
    return false;
  }
  return Object.entries(locked).every(
    ([at, { version, optional }]) =>
      at === '' || installed[at]?.version === version || (optional && !installed[at]),
  );
}

function dependenciesOf({ dependencies, devDependencies }) {
  return JSON.stringify([dependencies, devDependencies].map((all) => Object.entries(all).sort()));
}

function readJson(file) {
  const at = path.join(root, file);
  return fs.existsSync(at) ? JSON.parse(fs.readFileSync(at, 'utf8')) : undefined;
}

/** Without the warnings: they are about engines that dependencies of our tools would prefer. */
function install() {
  console.error('Installing the dependencies; this takes a minute or two.');
  runNpm(['ci', '--include=dev', '--loglevel=error']);
}

function isBuilt() {
  return fs.existsSync(builtStamp) && fs.readFileSync(builtStamp, 'utf8') === sourceFingerprint();
}

function build() {
  const fingerprint = sourceFingerprint(); // Before: what is edited meanwhile is built next time.
  fs.rmSync(builtStamp, { force: true });
  runNpm(['run', '--silent', 'build']);
  fs.writeFileSync(builtStamp, fingerprint);
}

function sourceFingerprint() {
  const settings = ['.swcrc', 'nest-cli.json', 'package-lock.json', 'tsconfig.json'];
  const sources = fs
    .readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
  const hash = createHash('sha256').update(process.version);
  for (const file of [...settings, ...sources]) {
    hash.update(`\0${file}\0`).update(fs.readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

function runNpm(args) {
  const [command, all] = npmCommand(args);
  const env = { ...process.env, NODE_ENV: '', NODE_OPTIONS: '' };
  const { status } = spawnSync(command, all, { cwd: root, stdio: ['ignore', 2, 2], env });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed`);
}
