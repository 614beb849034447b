import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { directoryFindings } from '../../../src/cli/doctor/doctor.service.js';
import { ResourcesConfig } from '../../../src/resources/resources.config.js';
import { Resources } from '../../../src/resources/resources.service.js';
import { createTestDatabase, runSql, type TestDatabase } from '../../support/database.js';
import { handrail, handrailWith } from '../../support/handrail.js';
import { aCall, anEntry, approved } from '../../support/resources.js';
import { aProgram, contentOf } from '../../support/service/program.js';

let database: TestDatabase | undefined;
afterEach(async () => {
  await database?.drop();
  database = undefined;
});

/** What the doctor finds where these things were done to a program that is well. */
async function examine(...harm: string[]): Promise<{ code: number; findings: string[] }> {
  database = await createTestDatabase({ content: contentOf(aProgram()) });
  for (const sql of harm) await runSql(database.superuserUrl, sql);
  const { code, said } = await handrailWith(
    {
      HEARTBEAT_URL: 'https://heartbeat.example',
      METRICS_TOKEN: 'a token of the tests',
    },
    database,
    'doctor',
  );
  return { code, findings: said.trim().split('\n') };
}

const failures = (findings: string[]): string[] =>
  findings.filter((line) => line.startsWith('fail')).map((line) => line.slice('fail  '.length));

const everyAcuity = (what: string): string[] =>
  ['EMERGENT', 'PRIORITY', 'ROUTINE', 'URGENT'].map(
    (acuity) => `Program harness, ${acuity} ${what} reaches nobody right now.`,
  );
const staff = (key: string): string => `(select id from staff where key = '${key}')`;

const aCredential = (key: string, days: number): string =>
  `insert into staff_credentials (id, staff_id, kind, expires, states)
   values (gen_random_uuid(), ${staff(key)}, 'LCSW',
           (handrail_now() at time zone 'America/New_York')::date + ${days}, '{}')`;

const harms: [what: string, harm: string, found: string[]][] = [
  [
    'a phone that nobody verified',
    `update contact_methods set verified_at = null where staff_id = ${staff('primary')}`,
    everyAcuity('step 1'),
  ],
  [
    'a phone that is no longer used',
    `update contact_methods set disabled_at = now() where staff_id = ${staff('backup')}`,
    everyAcuity('step 2'),
  ],
  [
    'a member of a schedule who has left',
    `update staff set disabled_at = now() where key = 'primary'`,
    everyAcuity('step 1'),
  ],
  [
    'a role that nobody holds',
    `delete from staff_roles where role = 'supervisor'`,
    everyAcuity('step 3'),
  ],
  [
    'no backstop',
    `delete from staff_roles where role = 'backstop'`,
    ['Program harness has no reachable backstop.'],
  ],
  [
    'a backstop without a phone',
    `delete from contact_methods where staff_id = ${staff('backstop')}`,
    ['Program harness has no reachable backstop.'],
  ],
  [
    'a schema that is behind',
    `delete from schema_migrations where name like 'StaffSessions%'`,
    [expect.stringMatching(/^Migrations are pending: StaffSessions\d+\.$/) as unknown as string],
  ],
  [
    'a service that may change the record',
    'grant update on audit.audit_events to handrail_app',
    ['The service may change audit events: use the role handrail_app.'],
  ],
];

describe('the doctor', () => {
  it('finds nothing that fails where all is well', async () => {
    const { code, findings } = await examine();

    expect(failures(findings)).toEqual([]);
    expect(findings).toContain('ok    Program harness: every step reaches somebody right now.');
    expect(findings.join()).not.toContain('_URL is not set');
    expect(code).toBe(0);
  });

  it.each(harms)('names %s', async (_what, harm, found) => {
    const { code, findings } = await examine(harm);

    expect(failures(findings).toSorted()).toEqual(found);
    expect(code).toBe(1);
  });

  it('warns of credentials that expire within 60, 30 and 7 days, and of none later', async () => {
    const { code, findings } = await examine(
      ...[61, 60, 30, 7, -1].map((days) => aCredential('primary', days)),
    );

    const said = findings.filter((line) => line.includes('the LCSW of primary'));
    expect(said.map((line) => line.replace(/\d{4}-\d{2}-\d{2}/, 'then'))).toEqual([
      'warn  Program harness: the LCSW of primary expired on then.',
      'warn  Program harness: the LCSW of primary expires on then, within 7 days.',
      'warn  Program harness: the LCSW of primary expires on then, within 30 days.',
      'warn  Program harness: the LCSW of primary expires on then, within 60 days.',
    ]);
    expect(code).toBe(0);
  });

  it('fails for somebody none of whose credentials is valid', async () => {
    const { code, findings } = await examine(aCredential('supervisor', -1));

    expect(failures(findings).toSorted()).toEqual([
      ...everyAcuity('step 3'),
      expect.stringMatching(/the LCSW of supervisor expired on .*; none of theirs is valid/),
    ]);
    expect(code).toBe(1);
  });

  it('warns of gaps ahead, and of too few people', async () => {
    const ofPhones = `update contact_methods set test_failed_at = handrail_now() + interval '1 s'`;
    const { code, findings } = await examine(
      `${ofPhones} where staff_id in (${staff('primary')}, ${staff('backup')})`,
    );
    const said = findings.join('\n');

    expect(said).toMatch(
      /^warn {2}Program harness, schedule primary: nobody on call can be reached from .+ to .+\.$/m,
    );
    expect(said).toContain(
      'Program harness has fewer than two people for 43200 minutes of the next',
    );
    expect(code).toBe(0);
  });

  it('warns of what is missing beside', async () => {
    database = await createTestDatabase();

    const { code, said } = await handrail(database, 'doctor');

    expect(code).toBe(0);
    expect(said).toContain('warn  HEARTBEAT_URL is not set');
    expect(said).toContain('warn  Only one sender number');
    expect(said).toContain('warn  There is no program yet.');
  });
});

describe('the doctor, of emergency resources', () => {
  const directory = (reviewDueAt: string): Resources => {
    const { countries: _none, ...line } = anEntry({
      id: 'us-988',
      channels: [aCall('988')],
      ...approved({ reviewDueAt }),
    });
    const emergency = { ...line, id: 'us-911', category: 'emergency', channels: [aCall('911')] };
    const folder = mkdtempSync(path.join(tmpdir(), 'handrail-directory-'));
    const file = { countries: ['US'], entries: [emergency, line] };
    writeFileSync(path.join(folder, 'us.yaml'), JSON.stringify(file)); // JSON is YAML.
    const resources = new Resources(new ResourcesConfig(folder));
    rmSync(folder, { recursive: true });
    return resources;
  };
  const found = (reviewDueAt: string): string[] =>
    directoryFindings(directory(reviewDueAt), ['US'], new Date('2026-02-01T00:00:00Z')).map(
      ({ level, text }) => `${level}  ${text}`,
    );

  it('warns when a review is overdue', () => {
    expect(found('2026-01-31')).toEqual([
      'warn  Resources: us-911: its review is overdue, it is shown below others',
      'warn  Resources: us-988: its review is overdue, it is shown below others',
    ]);
  });

  it('finds nothing while every review is in time', () => {
    expect(found('2026-02-01')).toEqual([]);
  });
});
