import { prepare } from './prepare.mjs';
import { keepRunning, runProgram, startProgram, stopRequest } from './programs.mjs';
import { demoEnvironment } from './start/demo-environment.mjs';
import { databaseIsGiven, openDatabase } from './start/embedded-database.mjs';
import { openSharedLab } from './start/shared-lab.mjs';

const mode = process.env.HANDRAIL_MODE || (databaseIsGiven ? 'production' : 'demo');

/** From a fresh clone to a running service. Resolves to the exit code. */
async function main() {
  await prepare();
  const stop = stopRequest();
  const closing = [];
  try {
    const database = await openDatabase();
    closing.push(database.close);
    const demo = mode === 'demo' ? await demoEnvironment() : {};
    const env = { ...process.env, ...database.env, ...demo };
    const migrated = await runProgram(['dist/cli/main.js', 'migrate'], { env, stop });
    if (stop.aborted || migrated !== 0) return stop.aborted ? 0 : migrated;
    if (mode === 'demo') {
      const prepared = await prepareDemo(env, stop, closing);
      if (stop.aborted || prepared !== 0) return stop.aborted ? 0 : prepared;
    }
    const service = ['--enable-source-maps', 'dist/main.js'];
    return await keepRunning('The service', () => startProgram(service, { env, stop }), stop);
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

/** Starts or joins the phone lab and fills the database. Adds the lab's address to `env`. */
async function prepareDemo(env, stop, closing) {
  const demo = (...how) => runProgram(['dist/cli/main.js', 'demo', ...how], { env, stop });
  const lab = await openSharedLab(env, stop, () => demo());
  closing.push(lab.close);
  if (lab.url === undefined) return lab.code;
  env.TWILIO_API_BASE_URL = lab.url;
  return lab.joined ? demo('beside') : demo();
}

process.exitCode = await main().catch((error) => {
  console.error(error.message);
  return 1;
});
process.exit();
