import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { AuditEventsStore } from '../../../src/audit/audit-events.store.js';
import { AuditVerification } from '../../../src/audit/audit-verification.service.js';
import { UnitOfWork } from '../../../src/platform/db/unit-of-work.js';
import { openAuditRoom, type AuditRoom } from './audit-room.js';

let room: AuditRoom;
beforeAll(async () => {
  room = await openAuditRoom();
  await room.work.run(async (tx) => {
    for (const stream of ['case:a', 'case:b', 'case:c'] as const) {
      for (let n = 1; n <= 5; n += 1) {
        room.audit.record(tx, {
          stream,
          action: 'case.read',
          actor: { type: 'staff', id: 'u1' },
          ...(n % 2 === 0 ? { ip: '192.0.2.7', subjectRef: 'participant:p1' } : {}),
          body: { n },
        });
      }
    }
  });
});
afterAll(() => room.close());

async function as(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

const changes = [
  [`update audit.audit_events set body = '{}' where seq = 3`],
  [`delete from audit.audit_events where seq = 3`],
  [`truncate audit.audit_events`],
  [
    `insert into audit.audit_events select * from audit.audit_events
    on conflict (id) do update set body = '{}'`,
  ],
];
const refusedByRights = 'permission denied';
const refusedByTrigger = 'audit events are never changed or removed';

describe('the rows of the log', () => {
  it.each(changes)('give the running service no right to %s', async (change) => {
    await expect(as(room.database.appUrl, change)).rejects.toThrow(refusedByRights);
  });

  it.each(changes)('refuse the owner to %s', async (change) => {
    const { adminUrl } = room.database;
    await expect(as(adminUrl, change)).rejects.toThrow(Error);
    await expect(as(adminUrl, 'set role handrail_audit', change)).rejects.toThrow(refusedByTrigger);
  });

  it.each(changes)('refuse a superuser who skips ordinary triggers to %s', async (change) => {
    const skip = 'set session_replication_role = replica';
    const tampering = as(room.database.superuserUrl, skip, change);
    await expect(tampering).rejects.toThrow(refusedByTrigger);
  });

  it.each([
    'alter table audit.audit_events disable trigger all',
    'drop table audit.audit_events',
    'create table audit.more (id integer)',
    'update audit.audit_events set xid = xid',
    'insert into audit.audit_events (xid) values (pg_current_xact_id())',
  ])('are out of reach of the running service: %s', async (statement) => {
    await expect(as(room.database.appUrl, statement)).rejects.toThrow(/permission|must be owner/);
  });
});

describe('verification', () => {
  let superuser: DataSource;
  let verification: AuditVerification;

  beforeEach(async () => {
    // One connection in one transaction: what a test breaks is whole again after it.
    const { superuserUrl: url } = room.database;
    superuser = await new DataSource({ type: 'postgres', url, extra: { max: 1 } }).initialize();
    const work = new UnitOfWork(superuser, { ringAll: () => undefined });
    verification = new AuditVerification(work, new AuditEventsStore());
    await superuser.query('begin');
    await superuser.query('alter table audit.audit_events disable trigger all');
  });
  afterEach(async () => {
    await superuser.query('rollback');
    await superuser.destroy();
  });

  it('finds everything intact where nothing was touched', async () => {
    expect(await verification.verifyDatabase()).toEqual({ ok: true, events: 15, streams: 3 });
  });

  it.each([
    ['id', 'gen_random_uuid()'],
    ['at', `at + interval '1 ms'`],
    ['action', `'case.closed'`],
    ['v', '2'],
    ['actor_type', `'system'`],
    ['actor_id', `'u2'`],
    ['actor_id', 'null'],
    ['on_behalf_of', `'u2'`],
    ['session_id', `'s1'`],
    ['ip_hash', `'\\x00'`],
    ['purpose', `'BTG'`],
    ['subject_ref', `'participant:p2'`],
    ['outcome', `'denied'`],
    ['body', `'{"n":9}'`],
    ['prev_hash', `sha256('x')`],
    ['hash', `sha256('x')`],
  ])('names the one event whose %s became %s', async (column, value) => {
    const edit = `update audit.audit_events set ${column} = ${value}`;
    await superuser.query(`${edit} where stream = 'case:b' and seq = 3`);
    const found = await verification.verifyDatabase();
    expect(found).toMatchObject({ ok: false, firstBroken: { stream: 'case:b', seq: 3 } });
    expect(found.events).toBe(7);
  });

  it.each([
    ['the same JSON in other bytes', '{ "n":3}'],
    ['no JSON at all', '{"n":'],
    ['a JSON text that is no object', '3'],
    ['a fraction', '{"n":3.5}'],
  ])('names an event whose body is %s', async (_what, body) => {
    const edit = 'update audit.audit_events set body = $1';
    await superuser.query(`${edit} where stream = 'case:b' and seq = 3`, [body]);
    const { firstBroken } = await verification.verifyDatabase();
    expect(firstBroken).toMatchObject({ stream: 'case:b', seq: 3 });
  });

  it('names an event that was removed from the middle', async () => {
    await superuser.query(`delete from audit.audit_events where stream = 'case:b' and seq = 3`);
    const { firstBroken } = await verification.verifyDatabase();
    expect(firstBroken).toEqual({ stream: 'case:b', seq: 3, why: 'missing' });
  });

  it('names the first of several broken events', async () => {
    const edit = `update audit.audit_events set outcome = 'failed' where stream = 'case:a'`;
    await superuser.query(`delete from audit.audit_events where stream = 'case:c' and seq = 1`);
    await superuser.query(`${edit} and seq in (2, 4)`);
    const { firstBroken } = await verification.verifyDatabase();
    expect(firstBroken).toEqual({ stream: 'case:a', seq: 2, why: 'hash_differs' });
  });
});
