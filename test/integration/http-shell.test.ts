import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  flagsRead,
  held,
  portOf,
  shortLimits,
  speak,
  startShell,
  Talk,
  until,
  type RawAnswer,
} from '../support/http-shell.js';

let app: NestFastifyApplication;
let port: number;

beforeAll(async () => {
  app = await startShell(shortLimits);
  port = portOf(app);
});
afterAll(() => app.close());

const request = (line: string, headers = 'Host: x\r\n', body = ''): string =>
  `${line} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n${body}`;
const post = (path: string, type: string, body: string): string =>
  request(
    `POST ${path}`,
    `Host: x\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`,
    body,
  );
const chunked = 'Host: x\r\nTransfer-Encoding: chunked\r\n';
const megabytes = (count: number): string => 'a'.repeat(count * 1024 * 1024);

function expectProblem(answer: RawAnswer | undefined, status: number, code?: string): void {
  expect(answer?.status).toBe(status);
  expect(answer?.headers).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  const problem = JSON.parse(answer?.body ?? '{}');
  expect(problem).toMatchObject({ type: 'about:blank', status, title: expect.any(String) });
  if (code !== undefined) expect(problem.code).toBe(code);
  const channels = problem.resources
    .filter(({ category }: { category: string }) => category === 'emergency')
    .flatMap((resource: { channels: object[] }) => resource.channels);
  expect(channels).toContainEqual(
    expect.objectContaining({ href: expect.stringMatching(/^tel:\d+$/) }),
  );
}

describe('every failure carries emergency resources', () => {
  it.each<[what: string, bytes: string, status: number, code: string]>([
    ['an unknown path', request('GET /nowhere'), 404, 'not_found'],
    [
      'an unknown path with broken JSON',
      post('/nowhere', 'application/json', '{'),
      404,
      'not_found',
    ],
    ['a wrong method', request('DELETE /v1/things'), 405, 'method_not_allowed'],
    ['a wrong method on the flag route', request('PUT /v1/flags'), 405, 'method_not_allowed'],
    ['a method of WebDAV', request('PROPFIND /v1/things'), 405, 'method_not_allowed'],
    ['a method nobody knows', request('FOO /v1/things'), 405, 'method_not_allowed'],
    ['OPTIONS of a path', request('OPTIONS /v1/things'), 405, 'method_not_allowed'],
    ['OPTIONS of the server', request('OPTIONS *'), 404, 'not_found'],
    ['a tunnel', request('CONNECT x:443'), 405, 'method_not_allowed'],
    ['broken percent-encoding', request('GET /v1/%zz'), 400, 'malformed_address'],
    ['an address that is no path', request('GET things'), 400, 'bad_request'],
    [
      'a path parameter that is too long',
      request(`GET /v1/things/${'a'.repeat(201)}`),
      414,
      'address_too_long',
    ],
    ['a full address of nowhere', request('GET http://x/nowhere'), 404, 'not_found'],
    ['broken JSON', post('/v1/things', 'application/json', '{"name":'), 400, 'invalid_body'],
    ['an empty body', post('/v1/things', 'application/json', ''), 400, 'invalid_body'],
    ['no body at all', request('POST /v1/things'), 400, 'invalid_body'],
    ['wrong fields', post('/v1/things', 'application/json', '{"size":0}'), 400, 'invalid_body'],
    ['a wrong query', request('GET /v1/things?page=x'), 400, 'invalid_query'],
    [
      'a poisoned prototype',
      post('/v1/things', 'application/json', '{"__proto__":{}}'),
      400,
      'invalid_body',
    ],
    [
      'an unknown content type',
      post('/v1/things', 'text/plain', 'x'),
      415,
      'unsupported_media_type',
    ],
    ['a broken content type', post('/v1/things', ';;;', 'x'), 415, 'unsupported_media_type'],
    [
      'a body over 64 KB',
      post('/v1/things', 'application/json', 'a'.repeat(65_537)),
      413,
      'too_large',
    ],
    ['a body of 5 MB', post('/v1/things', 'application/json', megabytes(5)), 413, 'too_large'],
    ['a path that is too long', request(`GET /${'a'.repeat(20_000)}`), 431, 'headers_too_large'],
    [
      'headers that are too large',
      request('GET /', `Host: x\r\nX: ${'a'.repeat(20_000)}\r\n`),
      431,
      'headers_too_large',
    ],
    ['a bug', request('GET /bug'), 500, 'internal'],
    ['a dead database', request('GET /outage'), 503, 'unavailable'],
    ['a rejection', request('GET /conflict'), 409, 'already_acknowledged'],
    ['no host', request('GET /nowhere', ''), 404, 'not_found'],
    [
      'another expectation',
      request('GET /nowhere', 'Host: x\r\nExpect: banana\r\n'),
      404,
      'not_found',
    ],
    [
      'an upgrade',
      'GET /nowhere HTTP/1.1\r\nConnection: upgrade, close\r\nUpgrade: websocket\r\n\r\n',
      404,
      'not_found',
    ],
    ['HTTP 1.0', 'GET /nowhere HTTP/1.0\r\n\r\n', 404, 'not_found'],
    ['HTTP 2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'bad_request'],
    ['HTTP 9', 'GET / HTTP/9.9\r\n\r\n', 400, 'bad_request'],
    ['no HTTP', 'hello\r\n\r\n', 400, 'bad_request'],
    ['bytes of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400, 'bad_request'],
    ['a broken header', request('GET /', 'Host: x\r\nbad header\r\n'), 400, 'bad_request'],
    [
      'two lengths',
      request('POST /form', 'Content-Length: 1\r\nContent-Length: 2\r\n', 'ab'),
      400,
      'bad_request',
    ],
    ['a negative length', request('POST /form', 'Content-Length: -1\r\n'), 400, 'bad_request'],
    [
      'length and chunks',
      request('POST /form', `${chunked}Content-Length: 3\r\n`, '0\r\n\r\n'),
      400,
      'bad_request',
    ],
    ['a broken chunk', request('POST /form', chunked, 'zz\r\n'), 400, 'bad_request'],
    ['headers that never end', 'GET / HTTP/1.1\r\nHost: x\r\n', 408, 'timed_out'],
    ['silence', '', 408, 'timed_out'],
    [
      'a body that never ends',
      request(
        'POST /form',
        'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n',
        'a=b',
      ),
      408,
      'timed_out',
    ],
  ])('%s', async (_what, bytes, status, code) => {
    const answers = await speak(port, bytes);
    expect(answers).toHaveLength(1);
    expectProblem(answers[0], status, code);
  });

  it('names the methods an address does take', async () => {
    const [answer] = await speak(port, request('DELETE /v1/things'));
    expect(answer?.headers['allow']).toBe('GET, HEAD, POST');
  });

  it('says when to try again while the database is away', async () => {
    const [answer] = await speak(port, request('GET /outage'));
    expect(answer?.headers['retry-after']).toBe('2');
  });

  it('tells nothing of the inside when something breaks', async () => {
    const [answer] = await speak(port, request('GET /bug'));
    expect(answer?.body).not.toMatch(/secret|stack|\.ts/);
  });

  it('lists every field that is wrong', async () => {
    const [answer] = await speak(port, post('/v1/things', 'application/json', '{"size":0}'));
    expect(JSON.parse(answer?.body ?? '').errors).toEqual([
      expect.stringMatching(/^name: /),
      expect.stringMatching(/^size: /),
    ]);
  });

  it('keeps further members of a rejection', async () => {
    const [answer] = await speak(port, request('GET /conflict'));
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({
      detail: 'Somebody has it.',
      owner: 'Ada',
    });
  });

  it('says what the route prepared for its failure instead of what anybody would be told', async () => {
    const [answer] = await speak(port, request('GET /prepared'));
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({
      status: 503,
      code: 'unavailable',
      resources: [{ id: 'us-911' }],
    });
  });

  it('shows the resources of the stated country in the language of the browser', async () => {
    const [answer] = await speak(
      port,
      request('GET /nowhere?country=us', 'Host: x\r\nAccept-Language: es-MX,en;q=0.5\r\n'),
    );
    const { resources } = JSON.parse(answer?.body ?? '');
    expect(resources.map(({ id }: { id: string }) => id)).toEqual([
      'us-911',
      'us-988-es',
      'us-988',
      'us-ctl',
    ]);
  });
});

describe('several requests on one connection', () => {
  it('answers the first before it refuses the garbage behind it', async () => {
    const answers = await speak(port, 'GET /v1/things HTTP/1.1\r\nHost: x\r\n\r\nrubbish\r\n\r\n');
    expect(answers.map(({ status }) => status)).toEqual([200, 400]);
    expectProblem(answers[1], 400);
  });

  it('answers a flag whose length was stated too small before it refuses the rest', async () => {
    const bytes =
      'POST /v1/flags HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nhelp me now, please';
    const answers = await speak(port, bytes);
    expect(answers.map(({ status }) => status)).toEqual([201, 400]);
    expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({ bytes: 4, text: 'help' });
    expectProblem(answers[1], 400);
  });
});

describe('a client that has nothing more to say', () => {
  it('still gets an answer that takes its time', async () => {
    const talk = new Talk(port);
    await talk.say('GET /held HTTP/1.1\r\nHost: x\r\n\r\n');
    talk.finish();
    await until(() => held.waiting.length > 0);
    await speak(port, request('GET /v1/things'));
    held.release();
    expect(await talk.answers).toMatchObject([{ status: 200, body: 'answered' }]);
  });
});

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
      'POST /v1/flags HTTP/1.1\r\nConnection: upgrade, close\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\nhi',
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

describe('ordinary answers', () => {
  it('carry the security headers, pages a content policy as well', async () => {
    const [json] = await speak(port, request('GET /v1/things'));
    expect(json?.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(json?.headers).not.toHaveProperty('content-security-policy');
    const [page] = await speak(port, request('GET /page'));
    expect(page?.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('hand forms over as flat texts', async () => {
    const form = 'Body=I+need%20help&From=%2B12025550100&a%5Bb%5D=1&x=1&x=2&__proto__=y';
    const [answer] = await speak(port, post('/form', 'application/x-www-form-urlencoded', form));
    expect(JSON.parse(answer?.body ?? '')).toEqual(
      JSON.parse('{"Body":"I need help","From":"+12025550100","a[b]":"1","x":"1","__proto__":"y"}'),
    );
  });
});

describe('shutting down', () => {
  it('goes on answering on the connections it has', async () => {
    const closing = await startShell(shortLimits);
    const talk = new Talk(portOf(closing));
    await talk.say('GET /held HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => held.waiting.length > 0);

    const closed = closing.close();
    await until(() => !closing.getHttpServer().listening);
    await talk.say(request('GET /nowhere'));
    held.release();

    const answers = await talk.answers;
    await closed;
    expect(answers[0]).toMatchObject({ status: 200, body: 'answered' });
    expectProblem(answers[1], 404);
  });
});

describe('the log', () => {
  it('names bugs and outages without a word of what was said', async () => {
    const lines: string[] = [];
    const logging = await startShell(shortLimits, lines);
    for (const path of ['/bug', '/outage', '/conflict', '/nowhere'])
      await speak(portOf(logging), request(`GET ${path}`));
    await logging.close();
    expect(lines).toEqual([
      expect.stringMatching(/request\.failed.*http-shell\.ts/),
      expect.stringMatching(/request\.outage.*ECONNREFUSED/),
    ]);
    expect(lines.join()).not.toContain('secret');
  });
});
