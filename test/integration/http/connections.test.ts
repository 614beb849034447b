import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  held,
  portOf,
  shortLimits,
  speak,
  startShell,
  Talk,
  until,
} from '../../support/http-shell.js';
import { expectProblem, post, request } from './requests.js';

let app: NestFastifyApplication;
let port: number;

beforeAll(async () => {
  app = await startShell(shortLimits);
  port = portOf(app);
});
afterAll(() => app.close());

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
