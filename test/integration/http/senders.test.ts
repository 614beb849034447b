import { afterEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HttpConfig, httpEnv } from '../../../src/platform/http/http.config.js';
import type { TrustedProxies } from '../../../src/platform/http/server/trusted-proxies.js';
import { portOf, shortLimits, speak, startShell } from '../../support/http-shell.js';
import { request } from './requests.js';

let app: NestFastifyApplication | null = null;

afterEach(async () => {
  await app?.close();
  app = null;
});

async function senderOf(proxies: TrustedProxies, forwardedFor: string): Promise<string> {
  app = await startShell(shortLimits, [], proxies);
  const headers = `Host: x\r\nX-Forwarded-For: ${forwardedFor}\r\n`;
  const [answer] = await speak(portOf(app), request('GET /sender', headers));
  return JSON.parse(answer?.body ?? '{}').ip;
}

const visitor = '203.0.113.9';
const claimed = '198.51.100.1';

describe('where a request came from', () => {
  it.each<[what: string, proxies: TrustedProxies, forwardedFor: string, sender: string]>([
    ['is the connection itself when no proxy is trusted', false, visitor, '127.0.0.1'],
    ['is what a trusted address says', ['127.0.0.1'], visitor, visitor],
    ['is what a trusted range says', ['127.0.0.0/8'], visitor, visitor],
    ['is what one proxy says', 1, visitor, visitor],
    [
      'is never what a visitor says behind an address',
      ['127.0.0.1'],
      `${claimed}, ${visitor}`,
      visitor,
    ],
    ['is never what a visitor says behind one proxy', 1, `${claimed}, ${visitor}`, visitor],
    ['is the connection when another address is trusted', ['192.0.2.1'], claimed, '127.0.0.1'],
    [
      'is found through two proxies',
      ['127.0.0.1', '10.0.0.0/8'],
      `${claimed}, ${visitor}, 10.1.2.3`,
      visitor,
    ],
  ])('%s', async (_what, proxies, forwardedFor, sender) => {
    expect(await senderOf(proxies, forwardedFor)).toBe(sender);
  });
});

describe('TRUSTED_PROXIES', () => {
  const read = (text: string) => httpEnv.safeParse({ TRUSTED_PROXIES: text });

  it.each<[text: string, proxies: TrustedProxies]>([
    ['2', 2],
    ['10.0.0.7', ['10.0.0.7']],
    [' 10.0.0.7, 172.16.0.0/12,fd00::/8 ', ['10.0.0.7', '172.16.0.0/12', 'fd00::/8']],
  ])('may be %s', (text, proxies) => {
    const env = httpEnv.parse({ TRUSTED_PROXIES: text });
    expect(HttpConfig.from(env).trustedProxies).toEqual(proxies);
  });

  it.each(['0', '-1', '10', 'true', 'proxy.example', '10.0.0.7,', '0.0.0.0/0', '10.0.0.0/33'])(
    'is refused as %s',
    (text) => {
      expect(read(text).error?.issues).toEqual([
        expect.objectContaining({ path: ['TRUSTED_PROXIES'] }),
      ]);
    },
  );

  it('trusts nobody when it is not set', () => {
    expect(HttpConfig.from(httpEnv.parse({})).trustedProxies).toBe(false);
  });
});
