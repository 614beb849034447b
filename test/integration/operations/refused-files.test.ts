import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readProgramFile } from '../../../src/cli/program-file.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { applyFile, handrail } from '../../support/handrail.js';
import { aProgram, contentOf } from '../../support/service/program.js';
import { aFile, everyRow, type ProgramFile } from './program-files.js';

let database: TestDatabase;
let before: string;
beforeAll(async () => {
  database = await createTestDatabase({ content: contentOf(aProgram()) });
  before = await everyRow(database);
});
afterAll(() => database.drop());

function problemsOf(file: ProgramFile): string[] {
  const read = readProgramFile(JSON.stringify(file)); // JSON is YAML.
  return 'problems' in read ? read.problems : [];
}

/** What the command says, which must have written nothing. */
async function refusalOf(file: ProgramFile | string): Promise<string[]> {
  const { code, said } = await applyFile(database, file);
  expect(await everyRow(database)).toBe(before);
  expect(said).toContain('was refused; nothing was changed.');
  expect(code).toBe(64);
  return said.split('\n').slice(0, -2);
}

const urgent = ({ policy }: ProgramFile) => policy.acuities['URGENT']!;
const license = { kind: 'LCSW', expires: '2027-03-31', states: ['NY'] };
type RefusedRow = [what: string, change: (file: ProgramFile) => unknown, problem: string];
const rows: RefusedRow[] = [
  [
    'a policy without steps',
    (file) => (urgent(file).steps = []),
    'policy.acuities.URGENT.steps: needs at least one step',
  ],
  [
    'a step that pages nobody',
    (file) => (urgent(file).steps[1]!.page = []),
    'policy.acuities.URGENT.steps.1.page: pages nobody',
  ],
  [
    'a step that waits for ever',
    (file) => (urgent(file).steps[0]!.waitSeconds = 86_400),
    'policy.acuities.URGENT.steps.0.waitSeconds: ',
  ],
  [
    'a policy without an acuity',
    ({ policy }) => delete policy.acuities['EMERGENT'],
    'policy.acuities.EMERGENT: ',
  ],
  [
    'a step for a schedule that is none',
    (file) => urgent(file).steps[0]!.page.push({ schedule: 'night' }),
    'policy.URGENT: there is no schedule night',
  ],
  [
    'a step for a person who is none',
    (file) => urgent(file).steps[0]!.page.push({ person: 'nobody' }),
    'policy.URGENT: there is no staff nobody',
  ],
  [
    'a schedule without members',
    ({ schedules }) => (schedules[0]!.rotation.members = []),
    'schedules.0.rotation.members: needs at least one member',
  ],
  [
    'a schedule with a member who is none',
    ({ schedules }) => schedules[1]!.rotation.members.push('nobody'),
    'schedules.backup: there is no staff nobody',
  ],
  [
    'a schedule in a zone that is none',
    ({ schedules }) => (schedules[0]!.rotation.zone = 'America/Atlantis'),
    'schedules.0.rotation.zone: is not a known time zone',
  ],
  [
    'a program in a zone that is none',
    ({ program }) => (program.zone = 'Mars/Olympus'),
    'program.zone: must be an IANA time zone',
  ],
  [
    'a line that is no number',
    ({ program }) => program.lines.push('988'),
    'program.lines.1: must be an E.164 number',
  ],
  [
    'a phone that is no number',
    ({ staff }) => (staff[2]!.contactMethods[0]!.address = '202-555-0112'),
    'staff.2.contactMethods.0.address: must be an E.164 number',
  ],
  [
    'a participant whose phone is no number',
    (file) => (file.participants = [{ externalId: 'p', name: 'P', phone: { number: '+1202555' } }]),
    'participants.0.phone.number: must be an E.164 number',
  ],
  [
    'a participant whose relative is nobody',
    (file) => (file.participants = [{ externalId: 'p-1', name: 'P', relatives: ['nobody'] }]),
    'participants.p-1: there is no staff nobody',
  ],
  ...(['primaryTherapist', 'prescriber'] as const).map((tie): RefusedRow => [
    `a participant whose ${tie} is nobody`,
    (file) => (file.participants = [{ externalId: 'p-1', name: 'P', [tie]: 'nobody' }]),
    'participants.p-1: there is no staff nobody',
  ]),
  ...(['groupFacilitators', 'conflictsOfInterest'] as const).map((tie): RefusedRow => [
    `a participant whose ${tie} are nobody`,
    (file) => (file.participants = [{ externalId: 'p-1', name: 'P', [tie]: ['nobody'] }]),
    'participants.p-1: there is no staff nobody',
  ]),
  [
    'a participant who prefers what is no gender',
    (file) => (file.participants = [{ externalId: 'p-1', name: 'P', prefersGender: 'any' }]),
    'participants.0.prefersGender: ',
  ],
  [
    'a credential that expires on a day that is none',
    ({ staff }) => Object.assign(staff[0]!, { credentials: [{ ...license, expires: '03/31/27' }] }),
    'staff.0.credentials.0.expires: is not a date as YYYY-MM-DD',
  ],
  [
    'a credential that expires on February 30',
    ({ staff }) =>
      Object.assign(staff[0]!, { credentials: [{ ...license, expires: '2027-02-30' }] }),
    'staff.0.credentials.0.expires: is not a date as YYYY-MM-DD',
  ],
  [
    'a credential in a state that is no code',
    ({ staff }) =>
      Object.assign(staff[0]!, { credentials: [{ ...license, states: ['New York'] }] }),
    'staff.0.credentials.0.states.0: must be a code such as NY or CA-ON',
  ],
  [
    'two hundred credentials of one person',
    ({ staff }) =>
      Object.assign(staff[0]!, { credentials: Array.from({ length: 200 }, () => license) }),
    'staff.0.credentials: has more than 20 credentials',
  ],
  [
    'a language that is none',
    ({ staff }) => Object.assign(staff[0]!, { languages: ['Spanish language'] }),
    'staff.0.languages.0: must be a language tag such as en',
  ],
  [
    'an unknown field',
    ({ staff }) => Object.assign(staff[0]!, { pager: '12' }),
    'staff.0: Unrecognized key: "pager"',
  ],
  [
    'an unknown field of a step',
    (file) => Object.assign(urgent(file).steps[0]!, { after: 5 }),
    'policy.acuities.URGENT.steps.0: Unrecognized key: "after"',
  ],
  [
    'two keys of one name',
    ({ program }) => program.integrationKeys.push({ name: 'harness', key: 'k'.repeat(43) }),
    'program.integrationKeys: harness is there twice',
  ],
  [
    'a phone of somebody that is there twice',
    ({ staff }) => staff[0]!.contactMethods.push(staff[0]!.contactMethods[0]!),
    'staff.primary: sms +12025550110 is there twice',
  ],
  ['two people of one name', ({ staff }) => staff.push(staff[0]!), 'staff: primary is there twice'],
];

describe('a file that is refused', () => {
  it.each(rows)('for %s names the place', (_what, change, problem) => {
    const problems = problemsOf(aFile(change));
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it('names every place at once and writes nothing', async () => {
    const problems = await refusalOf(
      aFile((file) => {
        urgent(file).steps = [];
        file.program.zone = 'Mars/Olympus';
        file.schedules[0]!.rotation.members = [];
      }),
    );

    expect(problems.map((line) => line.split(': ')[0] ?? '').toSorted()).toEqual([
      'policy.acuities.URGENT.steps',
      'program.zone',
      'schedules.0.rotation.members',
    ]);
  });

  it.each([
    ['no YAML', 'program: ['],
    ['an empty file', ''],
    ['a list', '- program'],
  ])('as %s writes nothing', async (_what, text) => {
    expect(await refusalOf(text)).not.toHaveLength(0);
  });

  it('is not there', async () => {
    const { code, said } = await handrail(database, 'apply', '/nowhere/program.yaml');
    expect([code, said]).toEqual([64, '/nowhere/program.yaml cannot be read.\n']);
  });
});
