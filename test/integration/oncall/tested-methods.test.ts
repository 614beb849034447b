import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Audit } from '../../../src/audit/audit.service.js';
import { AuditEventsStore } from '../../../src/audit/audit-events.store.js';
import { BlindIndex } from '../../../src/platform/crypto/blind-index.js';
import { CryptoConfig } from '../../../src/platform/crypto/crypto.config.js';
import { DataKeysStore } from '../../../src/platform/crypto/data-keys.store.js';
import { Vault } from '../../../src/platform/crypto/vault.js';
import { dataSourceOptions } from '../../../src/platform/db/connection/data-source.js';
import { UnitOfWork } from '../../../src/platform/db/unit-of-work.js';
import { ContactMethodRow } from '../../../src/staff/contact-method.row.js';
import { Members } from '../../../src/staff/profiles/members.service.js';
import { MembersStore } from '../../../src/staff/profiles/members.store.js';
import { StaffChanges } from '../../../src/staff/profiles/staff-changes.js';
import { Staff } from '../../../src/staff/staff.service.js';
import { StaffStore } from '../../../src/staff/staff.store.js';
import { createTestDatabase, runSql, type TestDatabase } from '../../support/database.js';
import { aProgram, contentOf } from '../../support/service/program.js';
import { newRingKey } from '../audit/audit-room.js';

let database: TestDatabase;
let dataSource: DataSource;
let work: UnitOfWork;
let staff: Staff;
let members: Members;
const program = aProgram();
/** Programs whose coverage has to be looked at again. */
const told: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ content: contentOf(program) });
  dataSource = new DataSource(dataSourceOptions(database.appUrl, [ContactMethodRow]));
  await dataSource.initialize();
  work = new UnitOfWork(dataSource, { ringAll: () => undefined });
  const config = new CryptoConfig([newRingKey('k1')], Buffer.alloc(32, 7));
  const vault = new Vault(config, new DataKeysStore());
  const index = new BlindIndex(config);
  members = new Members(new MembersStore(), vault);
  const audit = new Audit(new AuditEventsStore(), index);
  const changes = new StaffChanges();
  changes.register({ staffChanged: (_tx, ids) => Promise.resolve(void told.push(...ids)) });
  staff = new Staff(new StaffStore(dataSource), members, changes, vault, index, audit);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

async function primary() {
  const [row] = await runSql<{ programId: string; staffId: string; methodId: string }>(
    database.superuserUrl,
    `select p.id as "programId", s.id as "staffId", m.id as "methodId"
       from programs p, staff s join contact_methods m on m.staff_id = s.id
      where s.key = 'primary'`,
  );
  return row!;
}

async function waysNow(): Promise<[reachable: boolean, passedTest: boolean]> {
  const { programId, staffId } = await primary();
  const about = { programId, participantId: null };
  const all = await work.run((tx) => members.of(tx, about, false));
  const { reachable, passedTest } = all.get(staffId)!;
  return [reachable, passedTest];
}

async function tested(passed: boolean): Promise<void> {
  const { methodId } = await primary();
  await work.run((tx) => staff.recordTest(tx, methodId, passed));
  await runSql(database.adminUrl, `update clock set test_offset = test_offset + interval '1 s'`);
}

describe('the test of a way to reach somebody', () => {
  it('counts from when it failed until it is passed, and never ends paging', async () => {
    expect(await waysNow()).toEqual([true, true]);
    await tested(false);
    expect(await waysNow()).toEqual([true, false]);
    await tested(true);
    expect(await waysNow()).toEqual([true, true]);
    await tested(false);
    expect(await waysNow()).toEqual([true, false]);
  });

  it('is forgotten when the way is verified anew', async () => {
    const { methodId } = await primary();
    await runSql(
      database.superuserUrl,
      'update contact_methods set verified_at = handrail_now() where id = $1',
      [methodId],
    );
    expect(await waysNow()).toEqual([true, true]);
  });

  it('is on record', async () => {
    const { methodId } = await primary();
    const events = await runSql<{ body: string }>(
      database.superuserUrl,
      `select body from audit.audit_events
        where action = 'staff.method_tested' and subject_ref = $1 order by seq`,
      [methodId],
    );
    expect(events.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { passed: false },
      { passed: true },
      { passed: false },
    ]);
  });

  it('has the coverage of the program looked at again', async () => {
    const { programId } = await primary();
    expect(told).toEqual([programId, programId, programId]);
  });

  it('is refused of a way that is none', async () => {
    const asked = work.run((tx) => staff.recordTest(tx, randomUUID(), true));
    await expect(asked).rejects.toMatchObject({ kind: 'not_found' });
  });
});
