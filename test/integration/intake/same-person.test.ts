import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FlagAnswer, type Service, startService } from '../../support/service.js';
import type { Answer } from '../../support/service/requests.js';
import { programWithParticipants } from './enrolled.js';
import { dataKey, expectHelp, stored } from './posting.js';

let service: Service;
beforeAll(async () => {
  service = await startService({ program: programWithParticipants() });
});
afterAll(() => service.stop());

const caseOf = ({ body }: Answer<FlagAnswer>): string => body.case!.id;
const tokenOf = ({ body }: Answer<FlagAnswer>): string =>
  body.links!.status.slice(body.links!.status.lastIndexOf('/') + 1);
const somebody = () => ({ participant: { externalId: `p-${randomUUID()}` } });

describe('who is the same person', () => {
  it('the same external id joins the case that is open', async () => {
    const flag = somebody();

    const first = await service.raiseFlag(flag);
    const second = await service.raiseFlag({ ...flag, text: 'again' });

    expect(second.status).toBe(201);
    expect(caseOf(second)).toBe(caseOf(first));
    expect(second.body.flag.id).not.toBe(first.body.flag.id);
    expect(second.body.message).toMatch(/We already have your request from \d/);
    expect(await stored(service, second.body.flag.id)).toMatchObject({ joinedAs: 'joined' });
  });

  it('two anonymous posts are two people', async () => {
    const [first, second] = [await service.raiseFlag({}), await service.raiseFlag({})];

    expect(caseOf(second)).not.toBe(caseOf(first));
    expect(second.body.message).toContain('We have your request');
  });

  it('the same status token is the same person', async () => {
    const first = await service.raiseFlag({ text: 'one' });
    const second = await service.raiseFlag({ text: 'two', statusToken: tokenOf(first) });
    const stranger = await service.raiseFlag({ text: 'three', statusToken: 'made-up' });

    expect(caseOf(second)).toBe(caseOf(first));
    expect(caseOf(stranger)).not.toBe(caseOf(first));
  });

  it('the token of a case that is over leads to the newest one of that person', async () => {
    const first = await service.raiseFlag({ text: 'one' });
    const statusToken = tokenOf(first);
    await service.api('primary').post(`/v1/cases/${caseOf(first)}/acknowledgements`);
    await service.api('primary').post(`/v1/cases/${caseOf(first)}/disposition`, {
      code: 'supported_by_phone',
    });

    const second = await service.raiseFlag({ text: 'two', statusToken });
    const third = await service.raiseFlag({ text: 'three', statusToken });

    expect(caseOf(second)).not.toBe(caseOf(first));
    expect(caseOf(third)).toBe(caseOf(second));
    const [row] = await service.sql<{ before: string }>(
      'select follows_case_id as before from cases where id = $1',
      [caseOf(second)],
    );
    expect(row!.before).toBe(caseOf(first));
  });

  it.each([
    ['as the callback', { callback: { phone: '+12025550180' } }],
    ['as that of the participant', { participant: { phone: '+12025550180' } }],
    ['of whoever raises it', { raisedBy: { phone: '+12025550180' } }],
  ])('a number typed %s attaches to nothing', async (_where, typed) => {
    const enrolled = await service.raiseFlag({ participant: { externalId: 'on-file' } });

    const [first, second] = [await service.raiseFlag(typed), await service.raiseFlag(typed)];

    expect(new Set([first, second, enrolled].map(caseOf)).size).toBe(3);
    expect(await stored(service, first.body.flag.id)).toMatchObject({ participantId: null });
  });

  it('an unknown external id becomes an unverified participant', async () => {
    const { body } = await service.raiseFlag({
      participant: { externalId: `p-${randomUUID()}`, name: 'Nova Example', minor: true },
    });

    const { participantId } = await stored(service, body.flag.id);
    const [row] = await service.sql<{ verified: Date | null; minor: boolean; name: Buffer }>(
      'select verified_at as verified, minor, name from participants where id = $1',
      [participantId],
    );
    const key = await dataKey(service, participantId!);
    const place = { table: 'participants', row: participantId!, column: 'name' };
    expect(row).toMatchObject({ verified: null, minor: true });
    expect(key.open(place, row!.name)).toBe('Nova Example');
  });

  it('what a flag says of somebody on file never overwrites it', async () => {
    const read = (): Promise<unknown> =>
      service.sql(
        `select p.*, cp.value, cp.safe_to_call from participants p
           join contact_points cp on cp.participant_id = p.id where p.verified_at is not null`,
      );
    const before = await read();

    await service.raiseFlag({
      participant: {
        externalId: 'on-file',
        name: 'Somebody Else',
        phone: '+12025550199',
        language: 'es',
        birthYear: 1901,
        minor: true,
      },
      callback: { phone: '+12025550199', safeToCall: false },
    });

    expect(await read()).toEqual(before);
  });

  it('keeps what is typed beside the flag, with whether it is safe', async () => {
    const { body } = await service.raiseFlag({
      participant: { externalId: 'on-file', phone: '+12025550198' },
      callback: { safeToCall: false, safeToText: 'yes' },
      location: { country: 'US', region: 'US-KS', address: '5 Example Street' },
    });

    const [point] = await service.sql(
      `select participant_id, verified_at, safe_to_call, safe_to_text, safe_to_voicemail
         from contact_points where flag_id = $1`,
      [body.flag.id],
    );
    const [place] = await service.sql(
      'select country, region from location_statements where flag_id = $1',
      [body.flag.id],
    );
    expect(point).toEqual({
      participant_id: null,
      verified_at: null,
      safe_to_call: false,
      safe_to_text: true,
      safe_to_voicemail: null,
    });
    expect(place).toEqual({ country: 'US', region: 'KS' });
  });
});

describe('nothing tells an outsider who is enrolled', () => {
  it('a third party gets a neutral receipt, the same for everybody', async () => {
    const about = (externalId: string) =>
      service.raiseFlag({
        source: 'third_party',
        participant: { externalId },
        raisedBy: { role: 'mother', name: 'Nell Example', phone: '+12025550181' },
      });
    await service.raiseFlag({ participant: { externalId: 'on-file-es' } });

    const [enrolled, unknown] = [await about('on-file-es'), await about(`p-${randomUUID()}`)];

    expect(enrolled.status).toBe(201);
    expect(Object.keys(enrolled.body).toSorted()).toEqual(
      ['flag', 'message', 'resources', 'warnings'].toSorted(),
    );
    expect(enrolled.body).toEqual({ ...unknown.body, flag: enrolled.body.flag });
    expect(enrolled.body.message).toContain('We have your message');
    expectHelp(enrolled.body.resources);
    const kept = await stored(service, enrolled.body.flag.id);
    expect(kept).toMatchObject({ joinedAs: 'joined', caseId: expect.any(String) });
  });

  it('a key that is none gets the same answer about anybody', async () => {
    const about = (externalId: string) =>
      service.raiseFlag({ participant: { externalId } }, { key: 'no key of ours' });

    const [enrolled, unknown] = [await about('on-file'), await about(`p-${randomUUID()}`)];

    expect(enrolled.status).toBe(401);
    expect(enrolled.body).toEqual(unknown.body);
  });
});
