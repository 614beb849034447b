import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const requestTimeoutMs = 30_000;

/**
 * Posts flags over connections that are kept. Every answer tells how long it took by this process's
 * monotonic clock, and whether the flag was accepted.
 */
export class Sender {
  constructor({ url, integrationKey, connectionsMax }) {
    this.url = new URL('/v1/flags', url);
    this.headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${integrationKey}`,
    };
    this.agent = new http.Agent({ keepAlive: true, maxSockets: connectionsMax });
  }

  async raise(body, since = performance.now()) {
    const { status, text } = await this.post(JSON.stringify(body));
    const tookMs = performance.now() - since;
    return { ...JSON.parse(text), accepted: status === 201, tookMs };
  }

  close() {
    this.agent.destroy();
  }

  post(body) {
    return new Promise((resolve, reject) => {
      const { agent, headers } = this;
      const options = { method: 'POST', agent, headers, timeout: requestTimeoutMs };
      const request = http.request(this.url, options, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }),
        );
      });
      request.on('timeout', () => request.destroy(new Error('no answer in time')));
      request.on('error', reject);
      request.end(body);
    });
  }
}

/** So many at once, each beginning anew when it has ended, for so long. */
export async function closedLoop(work, { atOnce, seconds }) {
  const began = performance.now();
  const until = began + seconds * 1_000;
  const results = [];
  const lane = async () => {
    while (performance.now() < until) results.push(await work());
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { results, seconds: (performance.now() - began) / 1_000 };
}

/**
 * One every so often, whether the earlier ones are answered or not. `work` is told when it should
 * have begun, so that what had to wait counts as waiting.
 */
export async function openLoop(work, { perSecond, seconds }) {
  const began = performance.now();
  const running = [];
  for (let sent = 0; sent < perSecond * seconds; sent += 1) {
    const due = began + (sent * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await delay(early);
    running.push(work(due));
  }
  return Promise.all(running);
}
