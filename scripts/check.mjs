import { spawnSync } from 'node:child_process';
import { npmCommand, prepare, root } from './prepare.mjs';
import { stopRequest } from './programs.mjs';
import { failedToRun, report, runTests } from './tests.mjs';

/** Scripts of package.json. */
const checks = ['format:check', 'lint', 'types', 'deadcode'];
const onCallRules = '/test/rules/oncall/';

/**
 * All checks, then all tests, whatever fails; a failed check counts as a failed test, and so does a
 * branch of the on-call rules that no test takes.
 */
async function check() {
  await prepare();
  const stop = stopRequest();
  const failed = checks.filter((name) => !stop.aborted && !passes(name));
  // Counting branches slows everything down: only where every one of them has to be taken.
  const others = await runTests(['--testPathIgnorePatterns', onCallRules], stop).catch(failedToRun);
  const rules = await runTests(['--coverage', onCallRules], stop).catch(failedToRun);
  if (failed.length > 0) console.log(`Failed checks: ${failed.join(', ')}`);
  return {
    passed: others.passed + rules.passed,
    failed: others.failed + rules.failed + failed.length,
    skipped: others.skipped + rules.skipped,
  };
}

function passes(name) {
  console.log(`\n> ${name}`);
  const [command, args] = npmCommand(['run', '--silent', name]);
  return (
    spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
  );
}

process.exit(report(await check().catch(failedToRun)));
