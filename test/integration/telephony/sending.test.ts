import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { hangup, voiceTwiml } from '../../../src/platform/telephony/twiml.js';
import { ourNumber, telephonyTo } from '../../support/provider/telephony.js';

let stop: () => Promise<void> = async () => undefined;

afterEach(async () => {
  await stop();
  stop = async () => undefined;
});

/** A provider that does one odd thing. */
async function oddProvider(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

const send = (provider: string, to = '+12025550171') =>
  telephonyTo(provider).sendSms({
    from: ourNumber,
    to,
    body: 'x',
    statusCallback: 'http://localhost/receipts',
  });

describe('a provider that is dead', () => {
  it('neither hinders the start nor throws', async () => {
    expect(await send('http://localhost:1')).toMatchObject({ type: 'retry', code: 'ECONNREFUSED' });
    expect(await telephonyTo('http://localhost:1').hangUp('CA1')).toMatchObject({ type: 'retry' });
    expect(await telephonyTo('http://localhost:1').fetchMessage('SM1')).toEqual({
      type: 'not_found',
      failure: { type: 'retry', code: 'ECONNREFUSED', detail: 'provider not reached' },
    });
  });

  it('and cannot be looked up is tried again', async () => {
    expect(await send('http://provider.invalid')).toMatchObject({ type: 'retry' });
  });
});

describe('a provider that answers oddly', () => {
  it('leaves it unknown when an accepted request has no id', async () => {
    const url = await oddProvider((_request, response) =>
      response.writeHead(201, { 'content-type': 'application/json' }).end('{}'),
    );
    expect(await send(url)).toEqual({ type: 'unknown', code: 'bad_answer' });
  });

  it('leaves it unknown when the answer is a web page', async () => {
    const url = await oddProvider((_request, response) => response.end('<html>Sign in</html>'));
    expect(await send(url)).toEqual({ type: 'unknown', code: 'bad_answer' });
  });

  it('tries again when a proxy in between is out of order', async () => {
    const url = await oddProvider((_request, response) =>
      response.writeHead(502).end('<html>Bad gateway</html>'),
    );
    expect(await send(url)).toMatchObject({ type: 'retry', code: 'http_502' });
  });

  it('gives up after two seconds also when bytes keep trickling in', async () => {
    const url = await oddProvider((_request, response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      const trickle = setInterval(() => response.write(' '), 100);
      response.on('close', () => clearInterval(trickle));
    });
    const startedAt = performance.now();
    expect(await send(url)).toMatchObject({ type: 'unknown' });
    expect(performance.now() - startedAt).toBeLessThan(2500);
  });
});

describe('a number that must not be paged', () => {
  it.each(['911', '+1911', '988', '12025550171'])('%s is never sent to', async (to) => {
    let requests = 0;
    const url = await oddProvider((_request, response) => {
      requests += 1;
      response.end();
    });
    const call = { from: ourNumber, to, twiml: voiceTwiml(hangup()), statusCallback: url };

    await expect(send(url, to)).rejects.toThrow('refused');
    await expect(telephonyTo(url).placeCall(call)).rejects.toThrow('refused');
    expect(requests).toBe(0);
  });
});
