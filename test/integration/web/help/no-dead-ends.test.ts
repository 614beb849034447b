import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../../support/service.js';
import { request } from '../../../support/service/requests.js';
import { Visitor } from '../visitor.js';

let service: Service;
let visitor: Visitor;
/** Of a request that was made, and looked at, before anything went wrong. */
let status: string;
let ownPage: string;

beforeAll(async () => {
  service = await startService({ flakyDatabase: true });
  visitor = new Visitor(service);
  status = new URL((await visitor.post('/help/harness', {})).location, service.url).pathname;
  ownPage = '/help/harness/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
  await visitor.get(status);
});
afterAll(() => service.stop());

type Language = 'en' | 'es';
/** Everything an answer offers to dial, text or open. */
type Route = (program: string, language: Language) => Promise<string[]>;

const page = async (path: string, lang: Language): Promise<string[]> => {
  const { html } = await visitor.get(`${path}?lang=${lang}`);
  return hrefsIn(html);
};

/** A form, and the page it leads to. */
const form = async (path: string, fields: Record<string, string>): Promise<string[]> => {
  const sent = await visitor.post(path, fields);
  return sent.status === 303
    ? hrefsIn((await visitor.get(sent.location)).html)
    : hrefsIn(sent.html);
};

const api = async (path: string, options: Parameters<typeof request>[1]): Promise<string[]> => {
  const { body } = await request(service.url + path, options);
  const resources = body['resources'] as { channels: { href: string }[] }[];
  return resources.flatMap(({ channels }) => channels.map(({ href }) => href));
};

const hrefsIn = (html: string): string[] =>
  [...html.matchAll(/href="((?:tel|sms|https):[^"]*)"/g)].map(([, href]) => String(href));

const post = (lang: Language, key: string | null) => ({
  method: 'POST',
  headers: { ...(key !== null && { authorization: `Bearer ${key}` }) },
  body: JSON.stringify({ participant: { language: lang } }),
});

/** Every way in for a participant; what knows no program is asked only without one. */
const routes: [string, Route][] = [
  ['the help page', (program, lang) => page(`/help/${program}`, lang)],
  ['asking on it', (program, lang) => form(`/help/${program}`, { lang })],
  ['a page of their own', (program, lang) => page(ownPage.replace('harness', program), lang)],
  ['asking on that', (program, lang) => form(ownPage.replace('harness', program), { lang })],
  ['the lines alone', (program, language) => list(`program=${program}&language=${language}`)],
];
const list = (query: string) => api(`/v1/resources?${query}`, { method: 'GET' });

const ofOneRequest: [string, Route][] = [
  ['its status', (_program, lang) => page(status, lang)],
  ['asking again', (_program, lang) => form(`${status}?lang=${lang}`, { do: 'again' })],
  ['"I am OK now"', (_program, lang) => form(`${status}?lang=${lang}`, { do: 'ok' })],
  [
    'adding something',
    (_program, lang) => form(`${status}?lang=${lang}`, { do: 'details', address: 'here' }),
  ],
  ['a flag of an app', (_p, lang) => api('/v1/flags', post(lang, service.program.integrationKey))],
];

const ofNobody: [string, Route][] = [
  ['an unknown status', (_program, lang) => page('/help/status/AAAAAAAAAAAAAAAAAAAAAA', lang)],
  ['a page that is not there', (_program, lang) => page('/help', lang)],
  ['a flag with an unknown key', (_program, lang) => api('/v1/flags', post(lang, 'unknown'))],
  ['a flag without a key', (_program, lang) => api('/v1/flags', post(lang, null))],
  ['the sign-in of staff', (_program, lang) => page('/sign-in', lang)],
  ['the link of no page', (_program, lang) => page('/r/AAAAAAAAAAAAAAAAAAAAAA', lang)],
];

const atHome = ['tel:911', 'tel:988'];
const anywhere = ['tel:112', 'tel:911', 'https://findahelpline.com'];

describe.each(['en', 'es'] as const)('in %s', (lang) => {
  it.each([...routes, ...ofOneRequest])(
    '%s offers the numbers of the country',
    async (_n, route) => {
      expect(await route('harness', lang)).toEqual(expect.arrayContaining(atHome));
    },
  );

  it.each([...routes, ...ofNobody])(
    '%s of no program offers the directories',
    async (_n, route) => {
      expect(await route('nobody-here', lang)).toEqual(expect.arrayContaining(anywhere));
    },
  );
});

it('offers the same numbers with the database dead', async () => {
  service.databaseLine.cut(true);
  const offered: [string, string[]][] = [];
  for (const [name, route] of [...routes, ...ofOneRequest]) {
    offered.push([name, await route('harness', 'es')]);
  }
  service.databaseLine.pass();
  await service.engineWell();

  for (const [name, hrefs] of offered) {
    expect([name, hrefs]).toEqual([name, expect.arrayContaining(atHome)]);
  }
});
