import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  flagsRead,
  portOf,
  shortLimits,
  speak,
  startShell,
  Talk,
  until,
} from '../../support/http-shell.js';
import { chunked, megabytes, post, request } from './requests.js';

let app: NestFastifyApplication;
let port: number;

beforeAll(async () => {
  app = await startShell(shortLimits);
  port = portOf(app);
});
afterAll(() => app.close());

describe('the flag route reads whatever comes', () => {
  it.each<[what: string, bytes: string, read: object]>([
    [
      'a normal body',
      post('/v1/flags', 'application/json', '{"a":1}'),
      { bytes: 7, text: '{"a":1}', truncated: false, contentType: 'application/json' },
    ],
    ['a query string', post('/v1/flags?x=1', 'application/json', '{}'), { bytes: 2 }],
    ['a slash at the end', post('/v1/flags/', 'application/json', '{}'), { bytes: 2 }],
    ['no body', request('POST /v1/flags'), { bytes: 0, truncated: false, contentType: null }],
    ['broken JSON', post('/v1/flags', 'application/json', '{"a'), { bytes: 3 }],
    [
      'no content type',
      request('POST /v1/flags', 'Content-Length: 2\r\n', 'hi'),
      { bytes: 2, contentType: null },
    ],
    ['a broken content type', post('/v1/flags', ';;;', 'hi'), { text: 'hi', contentType: ';;;' }],
    ['an unknown charset', post('/v1/flags', 'text/plain; charset=klingon', 'hi'), { text: 'hi' }],
    ['NUL bytes', post('/v1/flags', 'text/plain', 'a\0b'), { bytes: 3 }],
    [
      'a wait for permission',
      request('POST /v1/flags', 'Expect: 100-continue\r\nContent-Length: 2\r\n', 'hi'),
      { text: 'hi' },
    ],
    [
      'a content encoding',
      request('POST /v1/flags', 'Content-Encoding: gzip\r\nContent-Length: 2\r\n', 'hi'),
      { text: 'hi' },
    ],
    [
      'chunks',
      request('POST /v1/flags', chunked, '2\r\nhi\r\n0\r\n\r\n'),
      { text: 'hi', truncated: false },
    ],
    [
      'a broken chunk',
      request('POST /v1/flags', chunked, '2\r\nhi\r\nzz\r\n'),
      { text: 'hi', truncated: true },
    ],
    [
      'exactly 64 KB',
      post('/v1/flags', 'text/plain', 'a'.repeat(65_536)),
      { bytes: 65_536, truncated: false },
    ],
    [
      'one byte more',
      post('/v1/flags', 'text/plain', 'a'.repeat(65_537)),
      { bytes: 65_536, truncated: true },
    ],
    ['5 MB', post('/v1/flags', 'text/plain', megabytes(5)), { bytes: 65_536, truncated: true }],
    [
      'a body that never ends',
      request('POST /v1/flags', 'Content-Length: 9\r\n', 'help'),
      { text: 'help', truncated: true },
    ],
    [
      'another expectation',
      request('POST /v1/flags', 'Expect: banana\r\nContent-Length: 2\r\n', 'hi'),
      { text: 'hi' },
    ],
    [
      'an upgrade',
      'POST /v1/flags HTTP/1.1\r\nConnection: upgrade, close\r\nUpgrade: h2c\r\n' +
        'Content-Length: 2\r\n\r\nhi',
      { text: 'hi' },
    ],
  ])('%s', async (_what, bytes, read) => {
    const answers = await speak(port, bytes);
    expect(answers.map(({ status }) => status)).toEqual([201]);
    expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject(read);
  });

  it('keeps what came before the connection broke', async () => {
    const before = flagsRead.length;
    const talk = new Talk(port);
    await talk.say('POST /v1/flags HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nhelp');
    talk.hangUp();
    await until(() => flagsRead.length > before);
    expect(flagsRead.at(-1)).toMatchObject({ raw: Buffer.from('help'), truncated: true });
  });
});
