import https from 'node:https';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { FetchTrouble } from './fetch-trouble.js';
import { Internet, type Way } from './internet.js';
import { isPublicAddress } from './public-addresses.js';

@Injectable()
export class FetchLimits {
  readonly totalMs: number = 10_000;
  /** Until the server has shown its certificate; of each redirect. */
  readonly connectMs: number = 5_000;
  readonly bodyBytesMax: number = 1024 * 1024;
  readonly headerBytesMax: number = 16 * 1024;
  readonly redirectsMax: number = 3;
}

type Failed = { trouble: FetchTrouble };
export type Fetched = { body: Buffer } | Failed;
type Answer = Fetched | { location: string };

/** What is wrong with an address by itself, before anybody is asked anything; null: nothing. */
export function troubleWith(address: string): FetchTrouble | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) return 'malformed';
  if (url.protocol !== 'https:') return 'not_https';
  if (url.username !== '' || url.password !== '') return 'has_credentials';
  if (url.port !== '') return 'other_port';
  const host = hostOf(url);
  return isIP(host) !== 0 && !isPublicAddress(host) ? 'no_public_host' : null;
}

/**
 * Fetches what somebody else gave the address of. Speaks only to public servers, and to none but
 * the one it has checked: a name that is changed meanwhile leads nowhere else.
 */
@Injectable()
export class GuardedFetch {
  constructor(
    private readonly internet: Internet,
    private readonly limits: FetchLimits,
  ) {}

  /** Never rejects. What the server says of its content is not believed: check what comes. */
  async get(address: string, stopped?: AbortSignal): Promise<Fetched> {
    const { totalMs, redirectsMax } = this.limits;
    const deadline = AbortSignal.timeout(totalMs);
    const signal = stopped ? AbortSignal.any([deadline, stopped]) : deadline;
    let next = address;
    for (let redirects = 0; redirects <= redirectsMax; redirects += 1) {
      const answer = await this.ask(next, signal);
      if (!('location' in answer)) return answer;
      if (!URL.canParse(answer.location, next)) return { trouble: 'malformed' };
      next = new URL(answer.location, next).href;
    }
    return { trouble: 'too_many_redirects' };
  }

  private async ask(address: string, signal: AbortSignal): Promise<Answer> {
    const trouble = troubleWith(address);
    if (trouble !== null) return { trouble };
    const url = new URL(address);
    const host = hostOf(url);
    const addresses = isIP(host) === 0 ? await this.addressesOf(host, signal) : [host];
    if (addresses === null) return { trouble: 'too_slow' };
    const isOpen = addresses.length > 0 && addresses.every(isPublicAddress);
    if (!isOpen) return { trouble: 'no_public_host' };
    return request(url, this.internet.wayTo(addresses), this.limits, signal);
  }

  /** Null: not in time. */
  private async addressesOf(host: string, signal: AbortSignal): Promise<string[] | null> {
    if (signal.aborted) return null;
    const tooLate = new Promise<null>((resolve) => {
      signal.addEventListener('abort', () => resolve(null), { once: true });
    });
    return Promise.race([this.internet.addressesOf(host), tooLate]);
  }
}

/** Without the brackets of an IPv6 address. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/** One request and its answer, whatever becomes of it; never rejects. */
function request(
  url: URL,
  way: Way,
  { connectMs, headerBytesMax, bodyBytesMax }: FetchLimits,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve) => {
    const asked = https.request({
      ...way,
      host: hostOf(url),
      path: url.pathname + url.search,
      // Compressed, a small answer could become a large one.
      headers: { host: url.host, accept: 'text/calendar', 'accept-encoding': 'identity' },
      agent: false,
      rejectUnauthorized: true,
      maxHeaderSize: headerBytesMax,
      signal,
    });
    let isConnected = false;
    const end = (answer: Answer): void => {
      clearTimeout(unconnected);
      resolve(answer);
      asked.destroy();
    };
    const unconnected = setTimeout(() => end({ trouble: 'cannot_connect' }), connectMs);
    asked.once('socket', (socket) =>
      socket.once('secureConnect', () => {
        isConnected = true;
        clearTimeout(unconnected);
      }),
    );
    asked.on('error', (error) =>
      end({ trouble: signal.aborted ? 'too_slow' : troubleOf(error, isConnected) }),
    );
    asked.once('response', (response) => {
      read(response, bodyBytesMax).then(
        end,
        // Safe: broken off, by the server or by the deadline, is all there is to know.
        () => end({ trouble: signal.aborted ? 'too_slow' : 'unreadable' }),
      );
    });
    // Without an answer, such as one that wants to speak another protocol.
    asked.once('close', () => end({ trouble: 'unreadable' }));
    asked.end();
  });
}

async function read(response: IncomingMessage, bytesMax: number): Promise<Answer> {
  const { statusCode = 0, headers } = response;
  if ([301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined) {
    return { location: headers.location };
  }
  if (statusCode >= 400 && statusCode < 500) return { trouble: 'refused' };
  if (statusCode !== 200) return { trouble: 'server_failed' };
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return { trouble: 'unreadable' };
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) return { trouble: 'too_large' };
    chunks.push(chunk);
  }
  return { body: Buffer.concat(chunks) };
}

function troubleOf({ code = '' }: NodeJS.ErrnoException, isConnected: boolean): FetchTrouble {
  if (/CERT|SIGNATURE|ERR_TLS|ERR_SSL/.test(code)) return 'not_trusted';
  return isConnected ? 'unreadable' : 'cannot_connect';
}
