import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { portOf, shortLimits, speak, startShell } from '../../support/http-shell.js';
import { chunked, expectProblem, megabytes, post, request } from './requests.js';

let app: NestFastifyApplication;
let port: number;

beforeAll(async () => {
  app = await startShell(shortLimits);
  port = portOf(app);
});
afterAll(() => app.close());

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

  it('says what the route prepared for its failure, not what anybody is told', async () => {
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
