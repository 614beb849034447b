import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { portOf, shortLimits, speak, startShell } from '../../support/http-shell.js';
import { chunked, expectProblem, post, request } from './requests.js';

let app: NestFastifyApplication;
let port: number;

beforeAll(async () => {
  app = await startShell(shortLimits);
  port = portOf(app);
});
afterAll(() => app.close());

const jsonOnly = 'Host: x\r\nContent-Type: application/json\r\n';

describe('a request that needs no body', () => {
  it.each<[what: string, bytes: string]>([
    ['with none', request('POST /v1/things/7/takes')],
    ['that says it is JSON', request('POST /v1/things/7/takes', jsonOnly)],
    ['with JSON of no length', post('/v1/things/7/takes', 'application/json', '')],
    [
      'with no chunk',
      request('POST /v1/things/7/takes', `${chunked}${jsonOnly.slice(9)}`, '0\r\n\r\n'),
    ],
    ['with an empty object', post('/v1/things/7/takes', 'application/json', '{}')],
  ])('is fine %s', async (_what, bytes) => {
    const [answer] = await speak(port, bytes);
    expect(answer?.status).toBe(201);
    expect(JSON.parse(answer?.body ?? '')).toEqual({ taken: '7' });
  });

  it('is fine with JSON of no length where a body is optional', async () => {
    const [answer] = await speak(port, post('/v1/things/7/closure', 'application/json', ''));
    expect(answer?.status).toBe(201);
    expect(JSON.parse(answer?.body ?? '')).toEqual({ closed: '7', body: null });
  });

  it('is still refused with what is not JSON, or with a poisoned prototype', async () => {
    for (const body of [' ', '{', '{"__proto__":{}}', '{"constructor":{"prototype":{}}}']) {
      const [answer] = await speak(port, post('/v1/things/7/takes', 'application/json', body));
      expect(answer?.status).toBe(400);
      expectProblem(answer, 400, 'invalid_body');
    }
  });
});
