import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { ProviderRequest } from '../../src/phone-lab/network/lab-log.js';
import { findViolations } from '../support/invariants.js';
import type { Ask } from '../support/invariants/evidence.js';
import { type RecordedFlag, type Service, startService } from '../support/service.js';

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

const newEvent = `insert into audit.audit_events
    (id, stream, seq, at, action, v, actor_type, outcome, subject_ref, body, prev_hash, hash)
  select gen_random_uuid(), stream, seq + 1, at,`;
const lastOfTakenCase = `from audit.audit_events where stream in
  (select 'case:' || id from cases where state = 'acknowledged') order by seq desc limit 1`;

describe('the invariant checker', () => {
  it('has nothing to say when nothing is wrong', async () => {
    expect(await after('select 1')).toEqual([]);
  });

  it.each([
    ['I1', 'an answered flag that is gone', `delete from flags where idempotency_key is not null`],
    [
      'I1',
      'a flag without its event',
      `delete from audit.audit_events where action = 'flag.raised'`,
    ],
    ['I2', 'a flag of another transaction', `update flags set source = 'sms'`],
    [
      'I2',
      'a flag without its first page',
      `update audit.audit_events set action = 'page.withdrawn' where action = 'page.queued'`,
    ],
    [
      'I3',
      'a key that is stored twice',
      `alter table flags drop constraint flags_client_id_idempotency_key_key;
       update flags set idempotency_key = 'k-1'`,
    ],
    ['I6', 'a case that waits far too long', `update cases set due_at = due_at + interval '1 day'`],
    [
      'I6',
      'a case that is overdue',
      `update cases set due_at = due_at - interval '1 day' where state = 'paging'`,
    ],
    [
      'I6',
      'a page that nobody looks at',
      `alter table pages drop constraint pages_check;
       update pages set state = 'sent', due_at = null where state <> 'withdrawn'`,
    ],
    [
      'I7',
      'a first page that went out late',
      `update page_attempts set started_at = started_at + interval '1 day'`,
    ],
    [
      'I8',
      'a step that came late',
      `update audit.audit_events set at = at + interval '5 s' where action = 'case.step_paged'`,
    ],
    ['I9', 'a request without an attempt', `update page_attempts set nonce = 'other-' || nonce`],
    [
      'I9',
      'an attempt that was written after its request',
      `update page_attempts set started_at = started_at + interval '1 s'`,
    ],
    ['I10', 'an epoch that is newer than the page', 'update page_attempts set epoch = epoch + 9'],
    [
      'I11',
      'an attempt that never ended',
      `update page_attempts set settled_at = null, deadline_at = deadline_at - interval '1 day'`,
    ],
    [
      'I11',
      'a lost attempt that nothing followed',
      `update page_attempts set state = 'failed';
       update pages set state = 'settled', due_at = null`,
    ],
    ['I12', 'a take without a human', 'delete from acknowledgements'],
    ['I12', 'a take without proof', `update acknowledgements set proof = '{}'`],
    [
      'I13',
      'an attempt after the take',
      `${newEvent} 'attempt.started', v, actor_type, outcome,
         (select id::text from pages where withdrawn_at is not null limit 1), body, prev_hash, hash
       ${lastOfTakenCase}`,
    ],
    [
      'I14',
      'a second owner',
      `insert into acknowledgements
       select gen_random_uuid(), case_id, staff_id, page_id, kind, channel, proof, at
         from acknowledgements`,
    ],
    ['I15', 'a receipt that was unlearned', `update page_attempts set provider_status = 'queued'`],
    ['I18', 'an exhausted case without an alarm', 'delete from alarms'],
    [
      'I18',
      'an alarm that does not repeat',
      `update alarms set taken_at = null, taken_by = null, due_at = opened_at - interval '1 day'`,
    ],
    ['I19', 'a missing event', `delete from audit.audit_events where seq = 2`],
    ['I19', 'an altered event', `update audit.audit_events set body = '{}' where seq = 1`],
    ['I19', 'a change without an event', `update cases set state = 'in_contact'`],
    ['I19', 'an attempt without an event', 'update page_attempts set id = gen_random_uuid()'],
    ['I22', 'plain words in a table', `update programs set name = 'Zebulon primary Quillfeather'`],
    ['I23', 'a page to an unverified number', 'update contact_methods set verified_at = null'],
  ])('names %s: %s', async (name, _what, sql) => {
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

const answering = (requests: ProviderRequest[]): PropertyDescriptorMap => ({
  requests: { value: () => Promise.resolve(requests) },
});
