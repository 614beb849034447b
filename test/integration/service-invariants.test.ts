import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { ProviderRequest, SentCallback } from '../../src/phone-lab/network/lab-log.js';
import { findViolations } from '../support/invariants.js';
import type { Ask } from '../support/invariants/evidence.js';
import { type RecordedFlag, type Service, startService } from '../support/service.js';
import { violations } from './service-violations.js';

let service: Service;

/**
 * One case that went to the backstop and was taken there, one that still waits; then nobody lives.
 */
beforeAll(async () => {
  service = await startService();
  const { body } = await service.raiseFlag();
  const { ref } = body.case!;
  await service.phones.expectPage('primary', { ref });
  for (const person of ['backup', 'supervisor', 'backstop']) {
    await service.passTime(60_000);
    const page = await service.phones.expectPage(person, { ref });
    if (person === 'backstop') await service.phones.reply(person, page);
  }
  const second = await service.raiseFlag(undefined, { idempotencyKey: 'k-1' });
  await service.phones.expectPage('primary', { ref: second.body.case!.ref });
  await service.api('primary').get('/v1/cases');
  await service.api('primary').get(`/v1/cases/${second.body.case!.id}`);
  await service.check();
  await service.kill(0);
});
afterAll(() => service.discard());

/** What the checker says when this SQL has run, which nobody else ever sees. */
function after(sql: string, changed: PropertyDescriptorMap = {}): Promise<string[]> {
  const broken = Object.create(service, {
    ...changed,
    inSnapshot: { value: <T>(work: (ask: Ask) => Promise<T>) => inBrokenSnapshot(sql, work) },
  }) as Service;
  return findViolations(broken);
}

async function inBrokenSnapshot<T>(sql: string, work: (ask: Ask) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: service.database.superuserUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('alter table audit.audit_events disable trigger all');
    const { rowCount } = await client.query(sql);
    expect(rowCount).not.toBe(0);
    return await work(async (text, values) => (await client.query(text, values)).rows);
  } finally {
    await client.query('rollback');
    await client.end();
  }
}

describe('the invariant checker', () => {
  it('has nothing to say when nothing is wrong', async () => {
    expect(await after('select 1')).toEqual([]);
  });

  it.each(violations)('names %s: %s', async (name, _what, sql) => {
    expect(await after(sql)).toContainEqual(expect.stringMatching(new RegExp(`^${name} `)));
  });

  it('names I3 to I5 in what was answered', async () => {
    const [first, second] = service.flags as [RecordedFlag, RecordedFlag];
    const another: RecordedFlag = {
      ...second,
      answer: { ...second.answer, body: first.answer.body },
    };
    const refused: RecordedFlag = { ...first, answer: { ...first.answer, status: 422 } };
    const bare = { ...first.answer.body, resources: [] };
    const unhelpful: RecordedFlag = { ...first, answer: { ...first.answer, body: bare } };
    const flags = { value: [first, second, another, refused, unhelpful] };

    const found = (await after('select 1', { flags })).join('\n');

    expect(found).toContain('I3 key k-1 was answered as');
    expect(found).toContain('I4 a flag was refused with 422');
    expect(found).toContain('I5 an answer 201 held no resources');
  });

  it('names I29 in what outsiders were answered', async () => {
    const [flag] = service.flags as [RecordedFlag];
    const { case: known, links, ...neutral } = flag.answer.body;
    expect([known, links]).not.toContain(undefined);
    const to = (status: number, body: RecordedFlag['answer']['body'], sent: object = {}) => {
      const answer = { ...flag.answer, status, body };
      return { ...flag, key: status === 401 ? null : flag.key, sent: JSON.stringify(sent), answer };
    };
    const third = { source: 'third_party' };
    const say = async (...flags: RecordedFlag[]): Promise<string> =>
      (await after('select 1', { flags: { value: flags } })).join('\n');

    const warned = { ...neutral, isKnown: true };
    expect(await say(flag, to(401, neutral), to(201, neutral, third))).not.toContain('I29');
    expect(await say(to(201, flag.answer.body, third))).toContain('I29 answer 201 to an outsider');
    expect(await say(to(401, { ...neutral, case: known! }))).toContain('I29 answer 401');
    expect(await say(to(201, neutral, third), to(201, warned, third))).toContain('other fields');
  });

  it('names I28 where nobody had asked', async () => {
    const [request] = (await service.lab.requests()) as [ProviderRequest];
    const stranger = '+12025550171';
    const strange: ProviderRequest = { ...request, params: { ...request.params, To: stranger } };
    const params = { From: stranger, MessageSid: 'SM1' };
    const asked = { at: request.at, url: service.url, params, status: 200, error: null };
    const say = async (callbacks: SentCallback[]): Promise<string> => {
      const lab = Object.create(service.lab, answering([strange], callbacks)) as unknown;
      return (await after('select 1', { lab: { value: lab } })).join('\n');
    };

    expect(await say([])).toMatch(/^I28 request \d+ went to somebody who did not ask/m);
    expect(await say([asked])).not.toContain('I28');
  });

  it('names I13, I22 and I27 in what left the service', async () => {
    const requests = await service.lab.requests();
    const muchLater = new Date(Date.now() + 60_000).toISOString();
    const late = requests.map((request): ProviderRequest => ({ ...request, at: muchLater }));
    const [request] = requests as [ProviderRequest];
    const emergency: ProviderRequest = { ...request, params: { ...request.params, To: '911' } };
    const lab = { value: Object.create(service.lab, answering([...late, emergency])) as unknown };
    const output = { value: `log line about ${[...service.secrets].at(-1)}` };

    const found = (await after('select 1', { lab, output })).join('\n');

    expect(found).toMatch(/^I13 request \d+ was made long after/m);
    expect(found).toMatch(/^I22 what the processes print shows/m);
    expect(found).toMatch(/^I27 request \d+ went to an emergency number/m);
  });
});

function answering(
  requests: ProviderRequest[],
  callbacks: SentCallback[] = [],
): PropertyDescriptorMap {
  return {
    requests: { value: () => Promise.resolve(requests) },
    callbacks: { value: () => Promise.resolve(callbacks) },
  };
}
