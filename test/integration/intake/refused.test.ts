import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyFile, handrail } from '../../support/handrail.js';
import { type Service, startService } from '../../support/service.js';
import { aProgram } from '../../support/service/program.js';
import { expectHelp, post, type Posting, stored } from './posting.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const keyOfOther = `other-${'k'.repeat(40)}`;

/** Another program of the same service, with the same people. */
async function applyOther(): Promise<void> {
  const { file } = aProgram();
  const { program } = file as { program: object };
  const integrationKeys = [{ name: 'other', key: keyOfOther }];
  const own = { ...program, key: 'other', country: 'GB', lines: [], integrationKeys };
  const { code, said } = await applyFile(service.database, { ...file, program: own });
  if (code !== 0) throw new Error(said);
}

const inReview = async (): Promise<string[]> =>
  (await service.sql<{ id: string }>(`select id from flags where joined_as = 'review'`)).map(
    ({ id }) => id,
  );
const countOf = async (what: 'cases' | 'pages'): Promise<number> =>
  (await service.sql<{ n: number }>(`select count(*)::int as n from ${what}`))[0]!.n;

describe('a flag from nobody we know', () => {
  beforeAll(applyOther);

  const body = JSON.stringify({ text: 'it is bad', location: { country: 'GB' } });
  it.each<[what: string, sending: Posting]>([
    ['without a key', { body, key: null }],
    ['with a key that was never one', { body, key: 'never-a-key' }],
    ['with an empty key', { body, headers: { authorization: 'Bearer ' }, key: null }],
    [
      'with another kind of authorization',
      { body, headers: { authorization: 'Basic eDp5' }, key: null },
    ],
    ['with the key of another program', { body: '{"program":"other"}' }],
    ['with nothing at all', { key: null }],
    ['with broken JSON', { body: '{', key: null }],
  ])('%s gets 401 with resources, and waits for review', async (_what, sending) => {
    const [before, cases, pages] = [
      await inReview(),
      await countOf('cases'),
      await countOf('pages'),
    ];

    const { status, headers, body: answer } = await post(service, sending);

    expect(status).toBe(401);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(answer).toMatchObject({ code: 'unknown_key', status: 401 });
    expect(answer.message).toContain('we alert nobody by ourselves');
    expect(Object.keys(answer)).not.toContain('case');
    expectHelp(answer.resources);
    const [added] = (await inReview()).filter((id) => !before.includes(id));
    const flag = await stored(service, added!);
    expect(flag).toMatchObject({ caseId: null, participantId: null, raw: sending.body ?? '' });
    expect(flag.resourcesShown).not.toHaveLength(0);
    expect([await countOf('cases'), await countOf('pages')]).toEqual([cases, pages]);
  });

  it.each<[what: string, sent: object, first: string]>([
    ['is remembered: its country', { program: 'other' }, 'gb-999'],
    ['is the own one', { program: 'harness' }, 'us-911'],
    ['is unknown: no country', { program: 'nowhere' }, 'xx-emergency'],
    ['gives way to what is said', { program: 'other', location: { country: 'AU' } }, 'au-000'],
  ])('the program it names %s', async (_what, sent, first) => {
    const { status, body: answer } = await post(service, {
      body: JSON.stringify(sent),
      key: null,
    });

    expect(status).toBe(401);
    expect((answer.resources as { id: string }[])[0]!.id).toBe(first);
  });

  it('with a key that was revoked is one of these from then on', async () => {
    const sending = { body: '{}', key: keyOfOther };
    const good = await post(service, sending);

    await service.sql(`update integration_keys set revoked_at = now() where name = 'other'`);
    const revoked = await post(service, sending);

    expect([good.status, revoked.status]).toEqual([201, 401]);
    expectHelp(revoked.body.resources);
  });

  it('is not kept without end from one address, but always answered', async () => {
    const before = (await inReview()).length;

    const answers = await Promise.all(
      Array.from({ length: 40 }, () => post(service, { body: '{}', key: null })),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    for (const { body: answer } of answers) expectHelp(answer.resources);
    expect((await inReview()).length).toBeLessThan(before + 40);
  });
});

describe('an address or method that is none', () => {
  it.each([
    ['GET', '/v1/nowhere', 404],
    ['GET', '/v1/flags', 405],
    ['PUT', '/v1/flags', 405],
    ['DELETE', '/v1/flags', 405],
    ['PATCH', '/v1/flags', 405],
    ['OPTIONS', '/v1/flags', 405],
    ['POST', '/v1/resources', 405],
    ['GET', '/v1/%zz', 400],
    ['GET', '/v1/cases', 401],
  ])('%s %s is answered %i with resources', async (method, address, status) => {
    const response = await fetch(service.url + address, {
      method,
      headers: { accept: 'application/json' },
    });

    expect(response.status).toBe(status);
    const problem = (await response.json()) as { status: number; resources: unknown };
    expect(problem.status).toBe(status);
    expectHelp(problem.resources);
  });

  it('a slash at the end is none', async () => {
    const response = await fetch(`${service.url}/v1/flags/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${service.program.integrationKey}` },
    });

    expect(response.status).toBe(201);
  });
});

describe('a second key of the same name', () => {
  const create = async (): Promise<string> => {
    const args = ['keys', 'create', '--program', 'harness', '--name', 'harness'];
    return (await handrail(service.database, ...args)).said.trim();
  };
  const withKey = async (key: string): Promise<number> =>
    (await post(service, { body: '{}', key })).status;

  it('stands beside the first, until the name is given another key on purpose', async () => {
    const first = service.program.integrationKey;
    const second = await create();

    expect(await Promise.all([first, second].map(withKey))).toEqual([201, 201]);

    const { file } = aProgram();
    const { program } = file as { program: object };
    const integrationKeys = [{ name: 'harness', key: keyOfOther.replace('other', 'third') }];
    await applyFile(service.database, { ...file, program: { ...program, integrationKeys } });

    expect(await Promise.all([first, second].map(withKey))).toEqual([401, 401]);
    expect(await withKey(integrationKeys[0]!.key)).toBe(201);
  });
});
