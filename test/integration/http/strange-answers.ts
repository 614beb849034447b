import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { FetchLimits } from '../../../src/platform/http/guarded/guarded-fetch.js';

/** What nobody may be told. */
export const secret = 'words of a private server';
const { bodyBytesMax } = new FetchLimits();

type Answer = (response: ServerResponse, request: IncomingMessage) => void;
/** What servers out there may do, by path. */
export const answers: Record<string, Answer> = {
  '/good': (response) => response.end('BEGIN:VCALENDAR'),
  '/nearly': (response) => response.end(Buffer.alloc(bodyBytesMax)),
  '/large': (response) => response.end(Buffer.alloc(bodyBytesMax + 1)),
  '/endless': (response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', more);
    more();
  },
  '/drip': (response) => {
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
  },
  '/silent': () => undefined,
  '/header': (response) => response.setHeader('x-much', 'x'.repeat(40_000)).end(),
  '/bomb': (response) => {
    response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(30_000_000)));
  },
  '/broken': (response) => {
    response.setHeader('content-length', '1000').write('half');
    setImmediate(() => response.destroy());
  },
  '/not-http': (response) => response.socket!.end('220 smtp ready\r\n'),
  '/upgrade': (response) => {
    response.socket!.end('HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n');
  },
  '/old': (response) => response.writeHead(410).end(secret),
  '/sign-in': (response) => response.writeHead(401, { 'www-authenticate': secret }).end(secret),
  '/ill': (response) => response.writeHead(500, secret).end(secret),
  '/nothing': (response) => response.writeHead(204).end(),
  '/loop': (response) => response.writeHead(302, { location: '/loop' }).end(),
  '/to': (response, { url = '' }) => {
    const location = new URL(url, 'https://x').searchParams.get('at')!;
    response.writeHead(307, { location }).end(secret);
  },
  '/far': (response, { url = '' }) => {
    const left = Number(new URL(url, 'https://x').searchParams.get('left'));
    const location = left === 0 ? '/good' : `/far?left=${left - 1}`;
    response.writeHead(301, { location }).end();
  },
};
