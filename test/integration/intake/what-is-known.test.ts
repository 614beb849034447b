import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FlagAnswer, type Service, startService } from '../../support/service.js';
import type { FlagBody } from '../../support/service/flag.js';
import type { Answer } from '../../support/service/requests.js';
import { programWithParticipants, yearOfBirth } from './enrolled.js';
import { expectHelp, stored } from './posting.js';

let service: Service;
beforeAll(async () => {
  service = await startService({ program: programWithParticipants() });
});
afterAll(() => service.stop());

const idsIn = ({ body }: Answer<FlagAnswer>): string[] =>
  (body.resources as { id: string }[]).map(({ id }) => id);
const tokenOf = ({ body }: Answer<FlagAnswer>): string => body.links!.status.split('/').at(-1)!;

async function end({ body }: Answer<FlagAnswer>): Promise<void> {
  const address = `/v1/cases/${body.case!.id}`;
  await service.api('supervisor').post(`${address}/acknowledgements`);
  await service.api('supervisor').post(`${address}/disposition`, { code: 'supported_by_phone' });
}

const fewThoughts = { q1: 'yes', q2: 'yes', q3: 'no', q4: 'no', q5: 'no', q6: 'no' };
const screener = { instrument: 'C-SSRS', answers: fewThoughts };
const unknown = (more: object) => ({ externalId: `p-${randomUUID()}`, ...more });

describe('whether somebody is a minor', () => {
  it.each<[what: string, participant: () => object, acuity: string]>([
    ['said by a mark', () => unknown({ minor: true }), 'URGENT'],
    ['said by a year of birth', () => unknown({ birthYear: yearOfBirth(12) }), 'URGENT'],
    ['said of nobody known', () => ({ birthYear: yearOfBirth(12) }), 'URGENT'],
    ['open until the birthday', () => unknown({ birthYear: yearOfBirth(18) }), 'URGENT'],
    ['on file by a mark', () => ({ externalId: 'marked-young' }), 'URGENT'],
    ['on file by a year of birth', () => ({ externalId: 'young' }), 'URGENT'],
    ['on file, though denied', () => ({ externalId: 'young', minor: false }), 'URGENT'],
    [
      'denied by a mark, not by the year',
      () => unknown({ minor: false, birthYear: yearOfBirth(9) }),
      'URGENT',
    ],
    ['said though not on file', () => ({ externalId: 'on-file', minor: true }), 'URGENT'],
    ['of age', () => unknown({ birthYear: yearOfBirth(19) }), 'ROUTINE'],
    ['a year that is still to come', () => unknown({ birthYear: 2100 }), 'ROUTINE'],
    ['not said', () => unknown({}), 'ROUTINE'],
  ])('%s', async (_what, participant, acuity) => {
    const answer = await service.raiseFlag({ participant: participant(), screener });

    expect(answer.body.case).toMatchObject({ acuity });
    await end(answer);
  });
});

describe('what is safe, said without a number', () => {
  const readFile = async ({ body }: Answer<FlagAnswer>) =>
    (await service.api('primary').get(`/v1/cases/${body.case!.id}`)).body;
  const participant = { externalId: 'on-file' };

  it('reaches whoever calls the number on file, which stays as it is', async () => {
    const first = await service.raiseFlag({ participant, callback: { safeToCall: false } });
    const second = await service.raiseFlag({ participant, callback: { safeToText: 'yes' } });

    const file = await readFile(second);

    expect([first.body.warnings, second.body.warnings]).toEqual([[], []]);
    expect(file['safetySaid']).toEqual({
      safeToCall: false,
      safeToText: true,
      safeToVoicemail: null,
      at: second.body.flag.receivedAt,
    });
    expect(file['contactPoints']).toMatchObject([{ phone: '+12025550180', safeToCall: true }]);
    await end(second);
  });

  it('is said again when they change their mind', async () => {
    await service.raiseFlag({ participant, callback: { safeToCall: false } });
    const last = await service.raiseFlag({ participant, callback: { safeToCall: true } });

    expect(await readFile(last)).toMatchObject({ safetySaid: { safeToCall: true } });
    await end(last);
  });

  it('of somebody without any number is shown as well, and is no number', async () => {
    const answer = await service.raiseFlag({ callback: { safeToVoicemail: false } });

    const file = await readFile(answer);

    expect(file).toMatchObject({ contactPoints: [], safetySaid: { safeToVoicemail: false } });
  });
});

describe('the resources in the answer to a flag', () => {
  it.each<[what: string, flag: FlagBody, ids: string[]]>([
    ['somebody unknown', {}, ['us-911', 'us-988', 'us-ctl']],
    ['their language on file', { participant: { externalId: 'on-file-es' } }, ['us-988-es']],
    ['their age on file', { participant: { externalId: 'young' } }, ['us-nrs']],
    ['the mark on file', { participant: { externalId: 'marked-young' } }, ['us-nrs']],
  ])('fit %s, and are those on record', async (_what, flag, ids) => {
    const answer = await service.raiseFlag(flag);

    expectHelp(answer.body.resources);
    expect(idsIn(answer)).toEqual(expect.arrayContaining(ids));
    const { resourcesShown } = await stored(service, answer.body.flag.id);
    expect(resourcesShown).toEqual(idsIn(answer));
    await end(answer);
  });

  it('are the same when the same request comes again', async () => {
    const idempotencyKey = randomUUID();
    const flag = { participant: { externalId: 'young' } };

    const first = await service.raiseFlag(flag, { idempotencyKey });
    const again = await service.raiseFlag(flag, { idempotencyKey });

    expect(again.status).toBe(200);
    expect(again.body.resources).toEqual(first.body.resources);
  });

  it('tell a third party nothing of what is on file', async () => {
    const about = (externalId: string) =>
      service.raiseFlag({ source: 'third_party', participant: { externalId } });

    const known = [await about('young'), await about('on-file-es')];
    const stranger = await about(`p-${randomUUID()}`);

    for (const { body } of known) expect(body.resources).toEqual(stranger.body.resources);
  });
});

describe('where somebody said they are', () => {
  const inMexico = { location: { country: 'MX' } };

  it.each<[what: string, next: (token: string) => FlagBody]>([
    [
      'gives way to what is said now',
      (statusToken) => ({ statusToken, location: { country: 'US' } }),
    ],
    ['is not that of anybody else', () => ({})],
  ])('%s', async (_what, next) => {
    const first = await service.raiseFlag(inMexico);

    expect(idsIn(first)[0]).toBe('mx-911');
    expect(idsIn(await service.raiseFlag(next(tokenOf(first))))[0]).toBe('us-911');
  });

  it('counts for the holder of the token, also on their page and after the form there', async () => {
    const first = await service.raiseFlag({ text: 'one' });
    const address = `${service.url}/help/status/${tokenOf(first)}`;
    const page = async () => (await fetch(address)).text();
    const before = await page();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await fetch(address, { method: 'POST', headers, body: 'do=details&country=AU&address=Pier+4' });

    const after = await page();
    const again = await service.raiseFlag({ statusToken: tokenOf(first) });

    expect([before, after].map((html) => html.includes('tel:000'))).toEqual([false, true]);
    expect(idsIn(again)[0]).toBe('au-000');
  });

  it('does not count when a third party says it', async () => {
    const participant = { externalId: `p-${randomUUID()}` };
    await service.raiseFlag({ participant, source: 'third_party', ...inMexico });

    expect(idsIn(await service.raiseFlag({ participant }))[0]).toBe('us-911');
  });
});

describe('what the answer to a repeat says', () => {
  it.each<[what: string, prepare: (first: Answer<FlagAnswer>) => Promise<unknown>, words: string]>([
    ['when somebody was paged', () => Promise.resolve(), 'We told them you asked again.'],
    [
      'when whoever is in contact was not',
      async ({ body }) => {
        const address = `/v1/cases/${body.case!.id}`;
        await service.api('primary').post(`${address}/acknowledgements`);
        const reached = { kind: 'call', outcome: 'reached' };
        await service.api('primary').post(`${address}/contacts`, reached);
      },
      'That you asked again stands on your request.',
    ],
  ])('%s', async (_what, prepare, words) => {
    const participant = { externalId: `p-${randomUUID()}` };
    const first = await service.raiseFlag({ participant });
    await prepare(first);

    const again = await service.raiseFlag({ participant, text: 'again' });
    const page = await fetch(`${service.url}/help/status/${tokenOf(first)}`);

    expect(again.body.message).toContain(words);
    expect(await page.text()).toContain(words);
  });
});
