import { once } from 'node:events';
import { prepare } from './prepare.mjs';
import { keepRunning, runProgram, startProgram, stopRequest } from './programs.mjs';
import { demoEnvironment } from './start/demo-environment.mjs';
import { databaseIsGiven, openDatabase } from './start/embedded-database.mjs';
import { startPhoneLab } from './start/phone-lab.mjs';

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

/** Starts the phone lab and fills the database. Adds the lab's address to `env`. */
async function prepareDemo(env, stop, closing) {
  const lab = startPhoneLab(env);
  closing.push(lab.close);
  const url = await Promise.race([lab.url, lab.ended, once(stop, 'abort')]);
  if (stop.aborted) return 0;
  if (typeof url !== 'string') return url;
  env.TWILIO_API_BASE_URL = url;
  return runProgram(['dist/cli/main.js', 'demo'], { env, stop });
}

process.exitCode = await main().catch((error) => {
  console.error(error.message);
  return 1;
});
process.exit();
