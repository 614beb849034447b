import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { createTestDatabase, root, runSql, type TestDatabase } from '../../support/database.js';
import { applyFile, handrail } from '../../support/handrail.js';

const demo = readFileSync(path.join(root, 'config/demo.yaml'), 'utf8');

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  expect(await applyFile(database, demo)).toMatchObject({ code: 0 });
});
afterEach(() => database.drop());

interface Exported {
  program: { key: string };
  policy: { acuities: Record<string, object> };
  staff: { key: string; roles: string[]; contactMethods: object[] }[];
  schedules: { key: string; layers: object[] }[];
}

describe('an export', () => {
  it('changes nothing when it is applied again, here or to an empty database', async () => {
    const { code, said } = await handrail(database, 'export', '--program', 'harbor');
    expect(code).toBe(0);
    expect(await applyFile(database, said)).toMatchObject({
      code: 0,
      said: 'Nothing to change.\n',
    });

    const empty = await createTestDatabase();
    try {
      expect(await applyFile(empty, said)).toMatchObject({ code: 0 });
      expect((await handrail(empty, 'export', '--program', 'harbor')).said).toBe(said);
    } finally {
      await empty.drop();
    }
  });

  it('holds what the file said, and nothing of participants', async () => {
    const { said } = await handrail(database, 'export', '--program', 'harbor');
    const exported = parse(said) as Exported;
    const written = parse(demo) as Exported;

    expect(exported.program).toEqual(written.program);
    for (const [acuity, policy] of Object.entries(written.policy.acuities)) {
      expect(exported.policy.acuities[acuity]).toMatchObject(policy);
    }
    const byKey = (people: Exported['staff']) =>
      people
        .map((one) => ({ ...one, roles: one.roles.toSorted((a, b) => (a < b ? -1 : 1)) }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(byKey(exported.staff)).toMatchObject(byKey(written.staff));
    expect(exported.schedules.map(({ key }) => key)).toEqual(
      written.schedules.map(({ key }) => key).toSorted((a, b) => (a < b ? -1 : 1)),
    );
    expect(said).not.toContain('Jordan');
    expect(stringify(exported)).toBe(said);
  });

  it('is on record, and refused for a program that is not there', async () => {
    await handrail(database, 'export', '--program', 'harbor');
    const rows = await runSql(
      database.superuserUrl,
      `select from audit.audit_events where action = 'program.exported'`,
    );
    expect(rows).toHaveLength(1);
    expect(await handrail(database, 'export', '--program', 'nowhere')).toMatchObject({ code: 64 });
    expect(await handrail(database, 'export')).toMatchObject({ code: 64 });
  });
});
