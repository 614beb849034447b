import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { expectHelp, post } from './posting.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.sql(
    `insert into programs (id, key, name, country, zone, language, created_at)
       values (gen_random_uuid(), 'foreign', 'Foreign', 'GB', 'Europe/London', 'en', now())`,
  );
  await service.get('/help/foreign');
});
afterAll(() => service.stop());

interface Listed {
  id: string;
  text: string | null;
  raw: string | null;
  mergedCount: number;
  reviewedAt: string | null;
  reviewedBy: string | null;
}

const lane = '/v1/unverified-flags';
const supervisor = () => service.api('supervisor');
const listed = async (): Promise<Listed[]> =>
  (await supervisor().get(lane)).body['flags'] as Listed[];
const send = (body: object) => post(service, { body: JSON.stringify(body), key: null });
const lastOf = async (action: string) =>
  (
    await service.sql<{ actor: string; subject: string | null; body: string }>(
      `select actor_id as actor, subject_ref as subject, body::text as body
         from audit.audit_events where action = $1 order by at desc limit 1`,
      [action],
    )
  )[0];
const idOf = async (text: string): Promise<string> => {
  const flag = (await listed()).find((one) => one.text === text);
  if (!flag) throw new Error(`Nothing in the lane says "${text}".`);
  return flag.id;
};

describe('flags that nobody can place', () => {
  it.each<[what: string, sent: object, isListed: boolean]>([
    ['names no program', {}, true],
    ['names one that there is not', { program: 'nowhere' }, true],
    ['names a program of the supervisor', { program: 'harness' }, true],
    ['names a program of others', { program: 'foreign' }, false],
  ])('one that %s is shown to those whom it concerns', async (what, sent, isListed) => {
    await send({ ...sent, text: what, participant: { phone: '+12025550171' } });

    const found = (await listed()).filter(({ text }) => text === what);

    expect(found).toHaveLength(isListed ? 1 : 0);
    if (isListed) expect(found[0]!.raw).toContain('+12025550171');
  });

  it('are listed newest first, and who looked is on record', async () => {
    await send({ text: 'older' });
    await send({ text: 'newer' });

    const [first, second] = await listed();

    expect([first!.text, second!.text]).toEqual(['newer', 'older']);
    const event = await lastOf('unverified_flags.listed');
    expect(event!.actor).not.toBeNull();
    expect(event!.body).toContain(first!.id);
    expect(event!.body).not.toContain('newer');
  });

  it('are not for clinicians, nor for anybody outside', async () => {
    expect((await service.api('primary').get(lane)).status).toBe(403);
    expect((await service.api(null).get(lane)).status).toBe(401);
  });
});

describe('a review', () => {
  it('is made once, by a named human, on record', async () => {
    await send({ text: 'look at me' });
    const id = await idOf('look at me');

    const first = await supervisor().post(`${lane}/${id}/review`);
    const second = await supervisor().post(`${lane}/${id}/review`);

    expect([first.status, second.status]).toEqual([201, 409]);
    expect(second.body).toMatchObject({ code: 'already_reviewed' });
    const flag = (await listed()).find((one) => one.id === id)!;
    expect(flag.reviewedAt).not.toBeNull();
    expect(await lastOf('flag.reviewed')).toMatchObject({ actor: flag.reviewedBy, subject: id });
  });

  it('is only for those who see the flag', async () => {
    await send({ program: 'foreign', text: 'not theirs' });
    const [row] = await service.sql<{ id: string }>(
      `select f.id from flags f join programs p on p.id = f.program_id where p.key = 'foreign'`,
    );
    const { body } = await service.raiseFlag();

    expect((await supervisor().post(`${lane}/${row!.id}/review`)).status).toBe(404);
    expect((await supervisor().post(`${lane}/${body.flag.id}/review`)).status).toBe(404);
  });
});

it('so many from one address that not all are kept are counted, and told so', async () => {
  const before = (await service.sql(`select from flags where joined_as = 'review'`)).length;

  const answers = [];
  for (let count = 0; count < 45; count += 1) answers.push(await send({ text: 'flood' }));

  const counted = answers.filter(({ body }) => body.message.includes('did not keep'));
  const rows = await listed();
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  for (const { body } of answers) expectHelp(body.resources);
  expect(counted).not.toHaveLength(0);
  const kept = (await service.sql(`select from flags where joined_as = 'review'`)).length - before;
  expect(kept + counted.length).toBe(45);
  const sum = rows.reduce((total, { mergedCount }) => total + mergedCount, 0);
  expect(sum).toBe(counted.length);
});
