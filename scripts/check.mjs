import { spawnSync } from 'node:child_process';
import { npmCommand, prepare, root } from './prepare.mjs';
import { stopRequest } from './programs.mjs';
import { failedToRun, report, runTests } from './tests.mjs';

/** Scripts of package.json. */
const checks = ['format:check', 'lint', 'types', 'deadcode'];

/**
 * All checks, then all tests, whatever fails; a failed check counts as a failed test, and so does a
 * branch of the on-call rules that no test takes.
 */
async function check() {
  await prepare();
  const stop = stopRequest();
  const failed = checks.filter((name) => !stop.aborted && !passes(name));
  const counts = await runTests(['--coverage'], stop).catch(failedToRun);
  if (failed.length > 0) console.log(`Failed checks: ${failed.join(', ')}`);
  return { ...counts, failed: counts.failed + failed.length };
}

function passes(name) {
  console.log(`\n> ${name}`);
  const [command, args] = npmCommand(['run', '--silent', name]);
  return (
    spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
  );
}

process.exit(report(await check().catch(failedToRun)));
