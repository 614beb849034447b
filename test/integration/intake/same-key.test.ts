import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { BlindIndex } from '../../../src/platform/crypto/blind-index.js';
import { CryptoConfig } from '../../../src/platform/crypto/crypto.config.js';
import { type Service, startService } from '../../support/service.js';
import { keyBytes } from '../../support/service/environment.js';
import { expectHelp, stored } from './posting.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const somebody = () => ({ participant: { externalId: `p-${randomUUID()}` } });
const index = new BlindIndex(new CryptoConfig([], keyBytes('index')));

/** What is stored under the blind index of the key of the program's own integration. */
async function flagsUnder(key: string): Promise<unknown[]> {
  const [client] = await service.sql<{ id: string }>(
    `select id from integration_keys where name = 'harness'`,
  );
  const blind = index.of('flag.idempotency_key', `${client!.id} ${key}`).toString('base64url');
  return service.sql(`select from flags where idempotency_key = $1`, [blind]);
}

describe('the same key with the same body', () => {
  it('is answered with the same flag and case, and stored once', async () => {
    const idempotencyKey = randomUUID();
    const flag = { ...somebody(), text: 'it is bad' };

    const first = await service.raiseFlag(flag, { idempotencyKey });
    const second = await service.raiseFlag(flag, { idempotencyKey });

    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body.flag).toEqual(first.body.flag);
    expect(second.body.case!.id).toBe(first.body.case!.id);
    expect(second.body.links).toEqual(first.body.links);
    expect(second.headers.has('Idempotency-Conflict')).toBe(false);
    expectHelp(second.body.resources);
    expect(await flagsUnder(idempotencyKey)).toHaveLength(1);
  });

  it('is not kept in clear', async () => {
    const idempotencyKey = `ana@example.org-${randomUUID()}`;

    await service.raiseFlag({ text: 'one' }, { idempotencyKey });
    await service.raiseFlag({ text: 'two' }, { idempotencyKey });

    const kept = await service.sql('select from flags where position($1 in idempotency_key) > 0', [
      'ana@example.org',
    ]);
    expect(kept).toHaveLength(0);
  });

  it('is one flag when it comes twenty times at once', async () => {
    const idempotencyKey = randomUUID();
    const flag = { text: 'it is bad' };

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => service.raiseFlag(flag, { idempotencyKey })),
    );

    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([...Array.from({ length: 19 }, () => 200), 201]);
    expect(new Set(answers.map(({ body }) => body.flag.id)).size).toBe(1);
    expect(await flagsUnder(idempotencyKey)).toHaveLength(1);
    for (const { body } of answers) expectHelp(body.resources);
  });

  it('is another flag from another integration', async () => {
    const idempotencyKey = randomUUID();
    await service.sql(
      `insert into integration_keys select gen_random_uuid(), program_id, 'second',
         sha256('a-second-key'), created_at, null from integration_keys limit 1`,
    );

    const one = await service.raiseFlag({}, { idempotencyKey });
    const other = await service.raiseFlag({}, { idempotencyKey, key: 'a-second-key' });

    expect(other.status).toBe(201);
    expect(other.body.flag.id).not.toBe(one.body.flag.id);
  });

  it('tells keys apart that begin with the same two hundred characters', async () => {
    const long = 'k'.repeat(200);

    const one = await service.raiseFlag({}, { idempotencyKey: `${long}1` });
    const other = await service.raiseFlag({}, { idempotencyKey: `${long}2` });
    const again = await service.raiseFlag({}, { idempotencyKey: `${long}1` });

    expect(other.body.case!.id).not.toBe(one.body.case!.id);
    expect(again.body.flag.id).toBe(one.body.flag.id);
  });
});

describe('the same key with another body', () => {
  const pairs: [what: string, first: object, second: object][] = [
    [
      'of the same participant',
      { participant: { externalId: 'c-1' } },
      { participant: { externalId: 'c-1' }, text: 'x' },
    ],
    ['of nobody known', { text: 'one' }, { text: 'two' }],
    ['that only then says who it is', { text: 'one' }, { participant: { externalId: 'c-2' } }],
    ['that no longer says who it is', { participant: { externalId: 'c-3' } }, { text: 'two' }],
    ['that cannot be read', { text: 'one' }, { text: 7, acuity: 'much' }],
  ];

  it.each(pairs)('%s is new evidence on the same case', async (_what, before, after) => {
    const idempotencyKey = randomUUID();

    const first = await service.raiseFlag({ ...before }, { idempotencyKey });
    const second = await service.raiseFlag({ ...after }, { idempotencyKey });
    const again = await service.raiseFlag({ ...after }, { idempotencyKey });

    expect(second.status).toBe(201);
    expect(second.headers.get('Idempotency-Conflict')).toBe('true');
    expect(second.body.flag.id).not.toBe(first.body.flag.id);
    expect(second.body.case!.id).toBe(first.body.case!.id);
    expectHelp(second.body.resources);
    expect(again.status).toBe(200);
    expect(again.body.flag.id).toBe(second.body.flag.id);
    expect(await stored(service, second.body.flag.id)).toMatchObject({ joinedAs: 'joined' });
  });

  it('of another known participant goes to the case of that one', async () => {
    const idempotencyKey = randomUUID();

    const first = await service.raiseFlag(somebody(), { idempotencyKey });
    const second = await service.raiseFlag(somebody(), { idempotencyKey });

    expect(second.status).toBe(201);
    expect(second.headers.get('Idempotency-Conflict')).toBe('true');
    expect(second.body.case!.id).not.toBe(first.body.case!.id);
  });
});

describe('the same key in flight', () => {
  let blocker: pg.Client;
  beforeAll(async () => {
    blocker = new pg.Client({ connectionString: service.database.superuserUrl });
    await blocker.connect();
  });
  afterAll(() => blocker.end());

  /** No flag is stored until the end of this. */
  const hold = (): Promise<unknown> => blocker.query('begin; lock table flags in share mode');
  const pass = (): Promise<unknown> => blocker.query('rollback');
  const waiting = (): Promise<unknown> =>
    service.eventually(async () => {
      const rows = await service.sql(`select from pg_locks where not granted`);
      return rows.length > 0;
    });

  it('waits until the first is stored', async () => {
    const idempotencyKey = randomUUID();
    await hold();

    const both = [{}, {}].map(() => service.raiseFlag({ text: 'x' }, { idempotencyKey }));
    await waiting();
    await pass();
    const answers = await Promise.all(both);

    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 201]);
    expect(new Set(answers.map(({ body }) => body.flag.id)).size).toBe(1);
  });

  it('is told so after two seconds, with resources', async () => {
    const idempotencyKey = randomUUID();
    await hold();

    const refused = await service.raiseFlag({ text: 'x' }, { idempotencyKey });
    await pass();
    const later = await service.raiseFlag({ text: 'x' }, { idempotencyKey });

    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'in_flight', message: expect.any(String) });
    expectHelp(refused.body.resources);
    expect(later.status).toBe(201);
  });

  it('is an outage when there was no key to be in flight', async () => {
    await hold();

    const refused = await service.raiseFlag({ text: 'x' });
    await pass();

    expect(refused.status).toBe(503);
    expect(refused.headers.get('Retry-After')).toBe('2');
    expectHelp(refused.body.resources);
  });
});
