import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, runSql, type TestDatabase } from '../../support/database.js';
import { applyFile } from '../../support/handrail.js';
import { aProgram, contentOf } from '../../support/service/program.js';
import { aFile, everyRow, type ProgramFile } from './program-files.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ content: contentOf(aProgram()) });
});
afterAll(() => database.drop());

const lcsw = { kind: 'LCSW', expires: '2031-03-31', states: ['NJ', 'NY'] };
const therapist = { key: 'primary', languages: ['en', 'es-MX'], gender: 'nonbinary' };
const participant = {
  externalId: 'p-1',
  name: 'Kit Onfile',
  prefersGender: 'nonbinary',
  primaryTherapist: 'primary',
  prescriber: 'supervisor',
  groupFacilitators: ['backup', 'primary'],
  conflictsOfInterest: ['backup'],
};

function fileWith(profile: object, participants: object[]): ProgramFile {
  return aFile((file) => {
    Object.assign(file.staff[0]!, profile);
    file.participants = participants;
  });
}

const planOf = async (file: ProgramFile): Promise<string[]> => {
  const { code, said } = await applyFile(database, file);
  expect(code).toBe(0);
  return said.split('\n').flatMap((line) => (line.startsWith('  ') ? [line.trim()] : []));
};
const lastBodies = async (count: number): Promise<Record<string, unknown>[]> => {
  const rows = await runSql<{ body: string }>(
    database.superuserUrl,
    `select body from audit.audit_events where stream = 'config' order by seq desc limit ${count}`,
  );
  return rows.map(({ body }) => JSON.parse(body) as Record<string, unknown>).toReversed();
};
const idOf = async (key: string): Promise<string> => {
  const [row] = await runSql<{ id: string }>(
    database.superuserUrl,
    'select id from staff where key = $1',
    [key],
  );
  return row!.id;
};

describe('what decides who answers', () => {
  const whole = fileWith({ ...therapist, credentials: [lcsw] }, [participant]);

  it('is applied, and says what changed', async () => {
    expect(await planOf(whole)).toEqual([
      'staff primary: languages, credentials, gender',
      'participant p-1: new',
      'participant p-1: kept from backup, primary is their primary therapist, ' +
        'supervisor is their prescriber, backup is their group facilitator, ' +
        'primary is their group facilitator',
    ]);

    const [staff, , ties] = await lastBodies(3);
    expect(staff).toMatchObject({
      before: { languages: [], credentials: [] },
      after: { languages: ['en', 'es-MX'], credentials: [lcsw] },
    });
    expect(ties).toMatchObject({
      before: [],
      after: expect.arrayContaining([
        { staffId: await idOf('backup'), as: 'conflict_of_interest' },
        { staffId: await idOf('supervisor'), as: 'prescriber' },
      ]),
    });
  });

  it('changes nothing when it is applied again, in whatever order', async () => {
    const before = await everyRow(database);
    const turned = [{ ...participant, groupFacilitators: ['primary', 'backup'] }];
    const credentials = [{ ...lcsw, states: ['NY', 'NJ'] }];

    expect(await planOf(whole)).toEqual([]);
    expect(await planOf(fileWith({ ...therapist, credentials }, turned))).toEqual([]);
    expect(await everyRow(database)).toBe(before);
  });

  it('of a person is left as it is by a file that does not speak of it', async () => {
    expect(await planOf(fileWith({}, [participant]))).toEqual([]);
  });

  it('is gone when a file says so, and the record keeps what was', async () => {
    const { prescriber: _gone, conflictsOfInterest: _over, ...less } = participant;
    const none = fileWith({ languages: ['en'], gender: null, credentials: [] }, [less]);

    expect(await planOf(none)).toEqual([
      'staff primary: languages, credentials, gender',
      'participant p-1: no longer kept from backup, supervisor no longer their prescriber',
    ]);
    const [staff] = await lastBodies(2);
    expect(staff).toMatchObject({ before: { credentials: [lcsw] }, after: { credentials: [] } });
    expect(await runSql(database.superuserUrl, 'select from staff_exclusions')).toEqual([]);
  });

  it('of personal kind is nowhere in the clear', async () => {
    await planOf(whole);
    expect(await everyRow(database)).not.toContain('nonbinary');
  });
});
