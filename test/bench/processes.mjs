import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { startProgram } from '../../scripts/programs.mjs';

const startTimeoutMs = 30_000;
const pollMs = 50;
const logTailMax = 40;

/** A program of ours in a process of its own; `says` waits for the line that fits. */
export function startOurs(file, env) {
  const ending = new AbortController();
  const program = startProgram(['--enable-source-maps', file], {
    env: { PATH: process.env.PATH, ...env },
    stdout: 'pipe',
    stop: ending.signal,
  });
  const tail = [];
  const listeners = new Set();
  createInterface(program.stdout).on('line', (line) => {
    tail.push(line);
    if (tail.length > logTailMax) tail.shift();
    for (const listen of listeners) listen(line);
  });
  const says = (fits) =>
    new Promise((resolve, reject) => {
      const fail = () => reject(new Error(`${file} did not start:\n${tail.join('\n')}`));
      const timer = setTimeout(fail, startTimeoutMs);
      program.ended.then(fail, reject);
      listeners.add((line) => {
        if (!fits(line)) return;
        clearTimeout(timer);
        resolve(line);
      });
    });
  const stop = () => {
    ending.abort();
    return program.ended;
  };
  return { says, stop };
}

/** Where a program is installed on this machine; null when it is not. */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin'];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}

/** A Redis as production wants it: nothing evicted, everything written to a log. */
export async function startRedis(program) {
  const port = await freePort();
  const folder = mkdtempSync(path.join(os.tmpdir(), `handrail-test-${process.pid}-redis-`));
  const settings = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'yes' };
  const args = Object.entries({ ...settings, 'maxmemory-policy': 'noeviction' });
  const server = spawn(
    program,
    args.flatMap(([name, value]) => [`--${name}`, String(value)]),
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await until('redis-server', () => canConnect(port));
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      server.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Waits for a condition; throws when it does not come true in time. */
export async function until(what, condition, timeoutMs = startTimeoutMs) {
  const giveUpAt = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > giveUpAt) throw new Error(`waited in vain for ${what}`);
    await delay(pollMs);
  }
}

function canConnect(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(true));
    socket.once('connect', () => socket.destroy());
    socket.once('error', () => resolve(false));
  });
}
