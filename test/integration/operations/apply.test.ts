import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, runSql, type TestDatabase } from '../../support/database.js';
import { applyFile, type Ended, handrail } from '../../support/handrail.js';
import { aProgram, contentOf } from '../../support/service/program.js';
import { aFile, everyRow, otherFile, type ProgramFile } from './program-files.js';

const refused = 64;

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase({ content: contentOf(aProgram()) });
});
afterEach(() => database.drop());

const planOf = (said: string): string[] =>
  said.split('\n').flatMap((line) => (line.startsWith('  ') ? [line.trim()] : []));
const actions = async (): Promise<string[]> => {
  const rows = await runSql<{ action: string }>(
    database.superuserUrl,
    `select action from audit.audit_events where stream = 'config' order by seq`,
  );
  return rows.map(({ action }) => action);
};

/** Throws when it leaves anything behind. */
async function outcomeOf(file: ProgramFile): Promise<Ended> {
  const before = await everyRow(database);
  const ended = await applyFile(database, file);
  expect(await everyRow(database)).toBe(before);
  expect(ended.said).not.toContain('Applied.');
  return ended;
}

describe('a program file', () => {
  it('is shown as a plan and then applied', async () => {
    const file = otherFile(({ staff, program }) => {
      staff.push({ key: 'nell', name: 'Nell Quillfeather', roles: ['admin'], contactMethods: [] });
      program.integrationKeys.push({ name: 'app', key: 'k'.repeat(43) });
    });
    const before = (await actions()).length;

    const { code, said } = await applyFile(database, {
      ...file,
      participants: [{ externalId: 'p-1', name: 'Kit Onfile', phone: { number: '+12025550180' } }],
    });

    expect(code).toBe(0);
    expect(planOf(said)).toEqual([
      'program other: new',
      'integration key app: new',
      ...['primary', 'backup', 'supervisor', 'backstop'].map((key) => `staff ${key}: roles`),
      'staff nell: new, roles',
      'schedule primary: new',
      'schedule backup: new',
      'policy: version 1',
      'participant p-1: new',
    ]);
    expect(said.indexOf('Plan:')).toBeLessThan(said.indexOf('Applied.'));
    expect((await actions()).slice(before)).toHaveLength(planOf(said).length);
  });

  it('that was applied before changes nothing', async () => {
    const before = await everyRow(database);

    const { code, said } = await applyFile(database, aFile());

    expect([code, said]).toEqual([0, 'Nothing to change.\n']);
    expect(await everyRow(database)).toBe(before);
  });

  it('changes what differs and nothing else', async () => {
    const changed = aFile(({ policy, staff }) => {
      policy.acuities['URGENT']!.steps[0]!.waitSeconds = 120;
      staff[1]!.contactMethods[0]!.address = '+12025550155';
    });
    const once = await applyFile(database, changed);
    const twice = await applyFile(database, changed);

    expect(planOf(once.said)).toEqual([
      'staff backup: sms added, sms removed',
      'policy: version 2',
    ]);
    expect(twice.said).toBe('Nothing to change.\n');
    expect((await actions()).slice(-2)).toEqual(['staff.applied', 'policy.applied']);
  });

  it('takes every role from whoever it names no more', async () => {
    const { said } = await applyFile(
      database,
      aFile((file) => file.staff.pop()),
    );

    expect(planOf(said)).toEqual(['staff backstop: left']);
    const left = await runSql(
      database.superuserUrl,
      `select from staff_roles r join staff s on s.id = r.staff_id where s.key = 'backstop'`,
    );
    expect(left).toHaveLength(0);
  });
});

describe('a file that is right by itself leaves nothing behind', () => {
  it('when its line belongs to another program', async () => {
    const file = otherFile(({ program }) => program.lines.push('+12025550190'));
    expect(await outcomeOf(file)).toEqual({
      code: refused,
      said: 'Program harness has one of these lines already.\n',
    });
  });

  it('when its line is a number that pages staff', async () => {
    const file = aFile(({ program }) => program.lines.push('+12025550100'));
    expect(await outcomeOf(file)).toEqual({
      code: refused,
      said: 'program.lines: +12025550100 is a number that pages staff.\n',
    });
  });

  it('when its key belongs to another program', async () => {
    const { integrationKey: key } = aProgram();
    const file = otherFile(({ program }) => program.integrationKeys.push({ name: 'app', key }));
    expect(await outcomeOf(file)).toEqual({
      code: refused,
      said: 'program.integrationKeys: app has a key that is in use elsewhere; make a new one.\n',
    });
  });

  it('when its key was revoked', async () => {
    const name = ['--program', 'harness', '--name', 'harness'];
    expect((await handrail(database, 'keys', 'revoke', ...name)).code).toBe(0);

    expect(await outcomeOf(aFile())).toEqual({
      code: refused,
      said: 'program.integrationKeys: harness has a key that was revoked; make a new one.\n',
    });
  });

  it('when an address of its staff is that of somebody else', async () => {
    const email = 'one@harness.example';
    const known = aFile(({ staff }) => Object.assign(staff[0]!, { email }));
    expect((await applyFile(database, known)).code).toBe(0);

    const ended = await outcomeOf(
      otherFile(({ staff, schedules }) => {
        Object.assign(staff[0]!, { key: 'nell', email: email.toUpperCase() });
        schedules[0]!.rotation.members = ['nell'];
      }),
    );

    expect(ended).toEqual({ code: refused, said: 'staff.nell: its e-mail is that of primary.\n' });
  });
});
