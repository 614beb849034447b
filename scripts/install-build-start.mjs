import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { databaseIsGiven, openDatabase } from './embedded-database.mjs';
import { demoEnvironment } from './demo-environment.mjs';
import { prepare } from './prepare.mjs';
import { keepRunning, runProgram, startProgram, stopRequest } from './programs.mjs';

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

/** Kept running, at the address it told first, until closed. */
function startPhoneLab(env) {
  const end = new AbortController();
  let port = '0';
  let tellUrl;
  const url = new Promise((resolve) => (tellUrl = resolve));
  const start = () => {
    const options = { env: { ...env, PORT: port }, stdout: 'pipe', stop: end.signal };
    const lab = startProgram(['dist/phone-lab/main.js'], options);
    onLines(lab.stdout, ({ labUrl }) => {
      port = new URL(labUrl).port;
      tellUrl(labUrl);
    });
    return lab;
  };
  const ended = keepRunning('The phone lab', start, end.signal);
  const close = () => {
    end.abort();
    return ended;
  };
  return { url, ended, close };
}

/** The first line is JSON for us, the others are for whoever watches. */
function onLines(stream, tellFirst) {
  let first = true;
  createInterface(stream).on('line', (line) => {
    if (first) tellFirst(JSON.parse(line));
    else console.log(line);
    first = false;
  });
}

process.exitCode = await main().catch((error) => {
  console.error(error.message);
  return 1;
});
process.exit();
