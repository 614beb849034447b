import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '../postgres/process.mjs';
import { root } from '../prepare.mjs';
import { startPhoneLab } from './phone-lab.mjs';
import { inTurn } from './turn.mjs';

const anyPort = '0';
const pollMs = 500;
const answerTimeoutMs = 2_000;
/** A lab that crashed is back sooner: it stays away for so long only when its starter has ended. */
const silencesMax = 6;

/**
 * The one phone lab of a database: started, or joined when another start runs it already. When that
 * one ends, we go on with a lab at the same address, and `takenOver` is called. Resolves to
 * `{ url, joined, close }`, or to `{ code, close }` when there can be none.
 */
export async function openSharedLab(env, stop, takenOver) {
  const lab = new SharedLab(env, stop);
  const opened = await lab.open(anyPort);
  if (opened.joined) lab.follow(opened.url, takenOver);
  return { ...opened, close: () => lab.close() };
}

class SharedLab {
  #env;
  #stop;
  /** Names the lab that others may join. */
  #record;
  #own;
  #following;
  #closing = new AbortController();

  constructor(env, stop) {
    this.#env = env;
    this.#stop = stop;
    const database = env.DATABASE_URL || env.DATABASE_URL_FILE || '';
    const name = createHash('sha256').update(database).digest('hex').slice(0, 8);
    this.#record = path.join(root, '.handrail', `phone-lab-${name}.json`);
  }

  open(port) {
    return inTurn(`${this.#record}.turn`, async () => {
      const running = await runningLab(this.#record);
      return running ? { url: running, joined: true } : this.#start(port);
    });
  }

  follow(url, takenOver) {
    this.#following = this.#goOnWith(url, takenOver).catch((error) => console.error(error.message));
  }

  async close() {
    this.#closing.abort();
    await this.#following;
    if (this.#own) fs.rmSync(this.#record, { force: true });
    await this.#own?.close();
  }

  async #start(port) {
    this.#own = startPhoneLab(this.#env, port);
    const { url, ended } = this.#own;
    const told = await Promise.race([url, ended, once(this.#stop, 'abort')]);
    if (typeof told !== 'string') return { code: this.#stop.aborted ? 0 : told };
    fs.writeFileSync(this.#record, JSON.stringify({ url: told, pid: process.pid }));
    return { url: told, joined: false };
  }

  /** Of several starts that joined, one takes over and the others join it. */
  async #goOnWith(url, takenOver) {
    while (await fallsSilent(url, this.#closing.signal)) {
      const { joined } = await this.open(new URL(url).port);
      if (joined === false) return takenOver();
    }
  }
}

async function runningLab(record) {
  if (!fs.existsSync(record)) return undefined;
  const { url, pid } = JSON.parse(fs.readFileSync(record, 'utf8'));
  return isAlive(pid) && (await answers(url)) ? url : undefined;
}

/** Resolves to true when nobody answers there any more, and to false after `signal`. */
async function fallsSilent(url, signal) {
  for (let silences = 0; silences < silencesMax;) {
    await delay(pollMs, undefined, { signal }).catch(() => {}); // We are asked to close.
    if (signal.aborted) return false;
    silences = (await answers(url)) ? 0 : silences + 1;
  }
  return true;
}

async function answers(url) {
  try {
    const answer = await fetch(`${url}/lab/faults`, {
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    return Array.isArray((await answer.json()).faults);
  } catch {
    return false; // Nobody is there, or something that is no lab.
  }
}
