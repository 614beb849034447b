import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isAlive } from './postgres/process.mjs';
import { runProgram } from './programs.mjs';

const folderPrefix = 'handrail-test-';

/**
 * Runs Jest on a throw-away PostgreSQL. Resolves to `{ passed, failed, skipped }`, where a suite
 * that failed as a whole and a run that failed without naming a test each count as one failure.
 *
 * @param args passed on to Jest
 * @param stop AbortSignal that ends the run
 */
export async function runTests(args, stop) {
  const { discardCluster, startPostgres } = await import('./postgres.mjs');
  for (const abandoned of abandonedFolders()) await removeFolder(abandoned, discardCluster);
  const folder = makeFolder();
  try {
    const server = await startPostgres({ dataDir: path.join(folder, 'pg'), fast: true });
    const env = {
      ...process.env,
      TEST_PG_ADMIN_URL: server.adminUrl,
      TEST_PG_APP_URL: server.appUrl,
      TEST_PG_SUPERUSER_URL: server.superuserUrl,
    };
    return await runJest(args, { env, stop }, path.join(folder, 'jest.json'));
  } finally {
    await removeFolder(folder, discardCluster);
  }
}

/** For a run that did not come to its tests: never a row of noughts. */
export function failedToRun(error) {
  console.error(error.message);
  return { passed: 0, failed: 1, skipped: 0 };
}

/** Names what could not run, then prints the count as the last line. Returns the exit code. */
export function report({ passed, failed, skipped }) {
  const missing = missingPrograms();
  if (missing.length > 0) {
    console.log(
      `Not on this machine, so the tests that need it were skipped: ${missing.join(', ')}`,
    );
  }
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 ? 0 : 1;
}

function missingPrograms() {
  const libraries = fs.existsSync('/usr/lib') ? fs.readdirSync('/usr/lib') : [];
  const faketime = libraries.some((folder) =>
    fs.existsSync(path.join('/usr/lib', folder, 'faketime', 'libfaketime.so.1')),
  );
  const missing = ['chromium', 'openssl', 'redis-server'].filter((program) => !isOnPath(program));
  return faketime || isOnPath('faketime') ? missing : [...missing, 'libfaketime'];
}

function isOnPath(program) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin'];
  return folders.some((folder) => fs.existsSync(path.join(folder, program)));
}

async function runJest(args, { env, stop }, outputFile) {
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = ['node_modules/jest/bin/jest.js', '-c', 'test/jest.config.mjs'];
  const output = ['--json', '--outputFile', outputFile];
  const code = await runProgram([...node, ...jest, ...output, ...args], { env, stop });
  const result = fs.existsSync(outputFile) ? JSON.parse(fs.readFileSync(outputFile, 'utf8')) : {};
  return count(result, code);
}

function count(result, code) {
  const passed = result.numPassedTests ?? 0;
  const skipped = (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0);
  const failed = (result.numFailedTests ?? 0) + suitesFailedAsAWhole(result);
  const wentWrong = code !== 0 || passed + failed === 0;
  return { passed, failed: failed || (wentWrong ? 1 : 0), skipped };
}

function suitesFailedAsAWhole({ testResults = [] }) {
  const blamesNoTest = ({ status, assertionResults }) =>
    status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
  return testResults.filter(blamesNoTest).length;
}

/** Others may walk through it: as root the server can be somebody else. */
function makeFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${folderPrefix}${process.pid}-`));
  fs.chmodSync(folder, 0o711);
  return folder;
}

async function removeFolder(folder, discardCluster) {
  await discardCluster(path.join(folder, 'pg'));
  fs.rmSync(folder, { recursive: true, force: true });
}

/** Of our own earlier runs that were killed before they could clean up. */
function abandonedFolders() {
  const names = fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith(folderPrefix));
  const ended = names.filter(
    (name) => !isAlive(Number(name.slice(folderPrefix.length).split('-')[0])),
  );
  const folders = ended.map((name) => path.join(os.tmpdir(), name));
  return folders.filter((folder) => fs.statSync(folder).uid === (process.getuid?.() ?? 0));
}
