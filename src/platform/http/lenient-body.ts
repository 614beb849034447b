import type { IncomingMessage } from 'node:http';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { preParsingHookHandler } from 'fastify';
import type { HttpLimits } from './server/limits.js';

/** What a lenient route gets as its body, whatever was sent. */
export interface LenientBody {
  /** The bytes as they came, undecoded. */
  raw: Buffer;
  /** There was more: too long, too slow, or the connection broke. */
  truncated: boolean;
  contentType: string | null;
}

const routeConfig = { readsLeniently: true } as const;

/** The route takes any body, or none, of any type and length: it never answers 400, 413 or 415. */
export const ReadLeniently = (): MethodDecorator => RouteConfig(routeConfig);

export const readsLeniently = (config: unknown): boolean =>
  typeof config === 'object' && config !== null && 'readsLeniently' in config;

/** Emitted on a request whose body can no longer arrive although the connection still stands. */
export const bodyCut = Symbol('body cut');

/** Reads the body before the framework does, and hides from the framework that there was one. */
export function lenientReader(limits: HttpLimits): preParsingHookHandler {
  return (request, _reply, payload, done) => {
    const { headers } = request.raw;
    const contentType = headers['content-type'] ?? null;
    readUpTo(limits, request.raw, (raw, truncated) => {
      request.body = { raw, truncated, contentType } satisfies LenientBody;
      delete headers['content-type'];
      delete headers['content-length'];
      delete headers['transfer-encoding'];
      done(null, payload);
    });
  };
}

/** Keeps the first bytes and throws the rest away; whatever happens, it is done in bounded time. */
function readUpTo(
  { bodyBytesMax, discardBytesMax, bodyTimeoutMs }: HttpLimits,
  source: IncomingMessage,
  done: (kept: Buffer, truncated: boolean) => void,
): void {
  const chunks: Buffer[] = [];
  let seenBytes = 0;
  let isDone = false;
  const finish = (isCut: boolean): void => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    source.off('data', take).resume();
    done(Buffer.concat(chunks), isCut || seenBytes > bodyBytesMax);
  };
  const take = (chunk: Buffer): void => {
    if (seenBytes < bodyBytesMax) chunks.push(chunk.subarray(0, bodyBytesMax - seenBytes));
    seenBytes += chunk.length;
    if (seenBytes > bodyBytesMax + discardBytesMax) finish(true);
  };
  const timer = setTimeout(() => finish(true), bodyTimeoutMs);
  source.on('data', take);
  source.once('end', () => finish(false));
  for (const event of [bodyCut, 'error', 'close']) source.once(event, () => finish(true));
}
