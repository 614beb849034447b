import { prepare } from './prepare.mjs';
import { stopRequest } from './programs.mjs';
import { failedToRun, report, runTests } from './tests.mjs';

/** From a fresh clone to tested; arguments go to Jest. */
async function test() {
  await prepare();
  return runTests(process.argv.slice(2), stopRequest());
}

process.exit(report(await test().catch(failedToRun)));
