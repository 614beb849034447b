import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '../postgres/process.mjs';

const pollMs = 200;
const timeoutMs = 15 * 60_000;

/** Does something while no other process does the same; `file` holds who does. */
export async function inTurn(file, work) {
  await take(file);
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

async function take(file) {
  const deadline = Date.now() + timeoutMs;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  while (!claim(file)) {
    if (Date.now() > deadline) throw new Error(`another process is still at it: ${file}`);
    await delay(pollMs);
  }
}

function claim(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    dropTurnOfTheDead(file);
    return false;
  }
}

function dropTurnOfTheDead(file) {
  const holder = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : undefined;
  if (holder && !isAlive(holder)) fs.rmSync(file, { force: true });
}
