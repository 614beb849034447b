import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fetchTroubles } from '../../../src/platform/http/guarded/fetch-trouble.js';
import { FetchLimits, GuardedFetch } from '../../../src/platform/http/guarded/guarded-fetch.js';
import { Internet } from '../../../src/platform/http/guarded/internet.js';
import { canMakeCertificates } from '../../support/internet/certificate.js';
import { OwnInternet, publicAddress } from '../../support/internet/own-internet.js';
import { answers, secret } from './strange-answers.js';

const host = 'calendar.example';
const limits = Object.assign(new FetchLimits(), { totalMs: 1_500, connectMs: 700 });

const rows = canMakeCertificates ? describe : describe.skip;

rows('a fetch of what somebody gave the address of', () => {
  let internet: OwnInternet;
  let requests: IncomingMessage[];
  let fetching: GuardedFetch;

  beforeAll(async () => {
    internet = new OwnInternet(host, 'other.example');
    await internet.open((request, response) => {
      requests.push(request);
      const [path = ''] = (request.url ?? '').split('?');
      answers[path]!(response, request);
    });
  });
  afterAll(() => internet.close());

  beforeEach(() => {
    requests = [];
    internet.asked.splice(0);
    internet.connected.splice(0);
    internet.names.clear();
    internet.names.set(host, [publicAddress]).set('other.example', [publicAddress]);
    fetching = new GuardedFetch(internet, limits);
  });

  const get = (path: string) => fetching.get(`https://${host}${path}`);
  const to = (address: string) => get(`/to?at=${encodeURIComponent(address)}`);

  it('brings the body, and asks for nothing but that', async () => {
    expect(await get('/good?a=b#c')).toEqual({ body: Buffer.from('BEGIN:VCALENDAR') });

    const [{ url, method, headers }] = requests as [IncomingMessage];
    expect([method, url]).toEqual(['GET', '/good?a=b']);
    expect(headers).toEqual({
      host,
      accept: 'text/calendar',
      'accept-encoding': 'identity',
      connection: expect.any(String),
    });
  });

  it('asks for the addresses of a name once, and connects to those it checked', async () => {
    const addresses = [publicAddress, '2606:2800:21f:cb07:6820:80da:af6b:8b2c'];
    internet.names.set(host, addresses);
    expect(await get('/good')).toHaveProperty('body');

    expect(internet.asked).toEqual([host]);
    expect(internet.connected).toEqual([addresses]);
  });

  it.each([
    ['has only a private address', ['10.0.0.7']],
    ['has a private address among others', [publicAddress, '169.254.169.254']],
    ['has a private IPv6 address beside a public one', [publicAddress, '::ffff:127.0.0.1']],
    ['leads back here', ['127.0.0.1']],
    ['has no address', []],
  ])('speaks to nobody when the name %s', async (_what, addresses) => {
    internet.names.set(host, addresses);
    expect(await get('/good')).toEqual({ trouble: 'no_public_host' });
    expect(internet.connected).toEqual([]);
  });

  it.each([
    ['http://calendar.example/good', 'not_https'],
    ['https://a:b@calendar.example/good', 'has_credentials'],
    ['https://calendar.example:8443/good', 'other_port'],
    ['https://2130706433/good', 'no_public_host'],
    ['nonsense', 'malformed'],
  ])('does not even look up %s', async (address, trouble) => {
    expect(await fetching.get(address)).toEqual({ trouble });
    expect(internet.asked).toEqual([]);
  });

  it('follows three redirects, to other servers too', async () => {
    expect(await get('/far?left=2')).toHaveProperty('body');
    expect(await to('https://other.example/good')).toHaveProperty('body');
    expect(internet.asked.at(-1)).toBe('other.example');
  });

  it.each<[what: string, path: string]>([
    ['four', '/far?left=3'],
    ['a circle of them', '/loop'],
  ])('does not follow %s', async (_what, path) => {
    expect(await get(path)).toEqual({ trouble: 'too_many_redirects' });
    expect(requests).toHaveLength(4);
  });

  it.each([
    ['http://calendar.example/good', 'not_https'],
    ['file:///etc/passwd', 'not_https'],
    ['https://127.0.0.1/good', 'no_public_host'],
    ['https://[::1]/good', 'no_public_host'],
    ['https://inside.example/good', 'no_public_host'],
    ['https://calendar.example:444/good', 'other_port'],
    ['https://user:pass@calendar.example/good', 'has_credentials'],
    ['https://', 'malformed'],
  ])('checks a redirect anew: %s', async (address, trouble) => {
    internet.names.set('inside.example', ['192.168.0.10']);
    expect(await to(address)).toEqual({ trouble });
    expect(requests).toHaveLength(1);
  });

  it('is not led elsewhere by a name that is changed meanwhile', async () => {
    internet.names.set('other.example', ['127.0.0.1']);
    internet.names.set(host, [publicAddress]);
    expect(await to('https://other.example/good')).toEqual({ trouble: 'no_public_host' });
    expect(internet.connected).toEqual([[publicAddress]]);
  });

  it('takes a body of the largest size, and none that is larger', async () => {
    expect(await get('/nearly')).toHaveProperty('body.length', limits.bodyBytesMax);
    expect(await get('/large')).toEqual({ trouble: 'too_large' });
    expect(await get('/endless')).toEqual({ trouble: 'too_large' });
  });

  it.each([
    ['/silent', 'too_slow'],
    ['/drip', 'too_slow'],
    ['/header', 'unreadable'],
    ['/bomb', 'unreadable'],
    ['/broken', 'unreadable'],
    ['/not-http', 'unreadable'],
    ['/upgrade', 'unreadable'],
    ['/nothing', 'server_failed'],
    ['/ill', 'server_failed'],
    ['/old', 'refused'],
    ['/sign-in', 'refused'],
  ])('gives up on %s as %s, in time and without its words', async (path, trouble) => {
    const begun = performance.now();
    const answer = await get(path);

    expect(answer).toEqual({ trouble });
    expect(performance.now() - begun).toBeLessThan(limits.totalMs + 1_000);
    expect(JSON.stringify([answer, fetchTroubles])).not.toContain(secret);
  });

  it('gives all redirects together no more time than one', async () => {
    const begun = performance.now();
    expect(await to('/to?at=/drip')).toEqual({ trouble: 'too_slow' });
    expect(performance.now() - begun).toBeLessThan(limits.totalMs + 1_000);
  });

  it('trusts no certificate for another name', async () => {
    internet.names.set('third.example', [publicAddress]);
    expect(await fetching.get('https://third.example/good')).toEqual({ trouble: 'not_trusted' });
    expect(requests).toEqual([]);
  });

  it('trusts no certificate that nobody vouches for', async () => {
    const way = internet.wayTo.bind(internet);
    const untold = Object.assign(Object.create(internet) as OwnInternet, {
      wayTo: (addresses: string[]) => ({ ...way(addresses), ca: undefined }),
    });
    const answer = await new GuardedFetch(untold, limits).get(`https://${host}/good`);
    expect(answer).toEqual({ trouble: 'not_trusted' });
    expect(requests).toEqual([]);
  });

  it('says that nobody is there', async () => {
    const gone = Object.assign(Object.create(internet) as OwnInternet, {
      wayTo: () => ({ ...internet.wayTo([]), port: 1 }),
    });
    const answer = await new GuardedFetch(gone, limits).get(`https://${host}/good`);
    expect(answer).toEqual({ trouble: 'cannot_connect' });
  });

  it('waits only so long for a server that says nothing at all', async () => {
    const mute = net.createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    const silent = Object.assign(Object.create(internet) as OwnInternet, {
      wayTo: () => ({ ...internet.wayTo([]), port }),
    });
    const begun = performance.now();
    const answer = await new GuardedFetch(silent, limits).get(`https://${host}/good`);
    mute.close();

    expect(answer).toEqual({ trouble: 'cannot_connect' });
    expect(performance.now() - begun).toBeLessThan(limits.totalMs);
  });

  it('is over at once when it is stopped', async () => {
    const stopping = new AbortController();
    const fetched = fetching.get(`https://${host}/silent`, stopping.signal);
    stopping.abort();
    expect(await fetched).toEqual({ trouble: 'too_slow' });
  });
});

describe('the internet as it is', () => {
  it('is reached on the one port, at the addresses that were checked', async () => {
    const { port, lookup, ca } = new Internet().wayTo([publicAddress, '2606:4700::1']);
    const all = await new Promise((resolve) => {
      lookup('calendar.example', { all: true }, (_error, addresses) => resolve(addresses));
    });
    const one = await new Promise((resolve) => {
      lookup('calendar.example', {}, (_error, address) => resolve(address));
    });

    expect([port, ca, one]).toEqual([443, undefined, publicAddress]);
    expect(all).toEqual([
      { address: publicAddress, family: 4 },
      { address: '2606:4700::1', family: 6 },
    ]);
  });
});
