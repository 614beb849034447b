import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './prepare.mjs';

const stopTimeoutMs = 30_000;
const shellPollMs = 300;
const restartDelayMs = 500;
const crashesMax = 5;
const crashWindowMs = 60_000;

/** The exit code of a program that found its configuration wrong: starting again would not help. */
const wrongConfiguration = 78;

/** Read at once: npm may be gone before we look again. */
const shell = process.ppid;

const followStarter = import.meta.resolve('./follow-starter.mjs');

/**
 * Aborts when we are asked to stop: by a signal, or because npm's shell is gone, which passes no
 * signal on.
 */
export function stopRequest() {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => controller.abort(signal));
  }
  const watch = () => process.ppid !== shell && controller.abort('SIGTERM');
  if (process.env.npm_lifecycle_event) setInterval(watch, shellPollMs).unref();
  return controller.signal;
}

/**
 * Starts a program with Node. Detached from the terminal: its Ctrl-C reaches the program through
 * us, once and in our order; `foreground` leaves it there. `stop` asks the program to
 * end and kills it when it does not.
 */
export function startProgram(args, { env, stdout = 'inherit', foreground = false, stop }) {
  const program = spawn(process.execPath, ['--import', followStarter, ...args], {
    cwd: root,
    env,
    stdio: [foreground ? 'inherit' : 'ignore', stdout, 'inherit'],
    detached: !foreground,
  });
  const ended = new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
  const ask = () => {
    program.kill('SIGTERM');
    setTimeout(() => program.kill('SIGKILL'), stopTimeoutMs).unref();
  };
  if (stop.aborted) ask();
  else stop.addEventListener('abort', ask, { once: true });
  ended.finally(() => stop.removeEventListener('abort', ask)).catch(() => {}); // Told by `ended`.
  return { stdout: program.stdout, ended };
}

/** Runs a program to its end. Resolves to its exit code, as a shell would name it. */
export function runProgram(args, options) {
  return startProgram(args, options).ended;
}

/**
 * Starts a program again whenever it ends unasked. Resolves to the exit code we should end with: 0
 * after a requested stop, the program's own when its configuration is wrong or it crashes too much.
 */
export async function keepRunning(name, start, stop) {
  const crashes = [];
  for (;;) {
    const code = await start().ended;
    if (stop.aborted) return 0;
    if (code === wrongConfiguration) return code;
    crashes.push(Date.now());
    if (crashes.at(-crashesMax) > Date.now() - crashWindowMs) {
      console.error(`${name} ended ${crashesMax} times within a minute, lastly with ${code}.`);
      return code || 1;
    }
    console.error(`${name} ended unexpectedly (${code}). Starting it again.`);
    await delay(restartDelayMs, undefined, { signal: stop }).catch(() => {}); // Asked to stop.
    if (stop.aborted) return 0;
  }
}
