import { type Addresses, runSql } from '../../support/database.js';
import { readAsText } from '../../support/invariants/reading.js';
import { aProgram } from '../../support/service/program.js';

interface StaffInFile {
  key: string;
  name: string;
  email?: string;
  roles: string[];
  contactMethods: { channel: string; address: string; verified: boolean }[];
}

/** A program's file as far as tests change it. */
export interface ProgramFile {
  program: { key: string; zone: string; lines: string[]; integrationKeys: object[] };
  policy: { acuities: Record<string, { steps: { page: unknown[]; waitSeconds: number }[] }> };
  staff: StaffInFile[];
  schedules: { key: string; rotation: { members: string[]; zone: string } }[];
  participants?: object[];
}

/** The file of the tests' program, a copy to change. */
export function aFile(change: (file: ProgramFile) => unknown = () => undefined): ProgramFile {
  const file = JSON.parse(JSON.stringify(aProgram().file)) as ProgramFile;
  change(file);
  return file;
}

/** The same people in a second program, which shares nothing that belongs to one alone. */
export function otherFile(change: (file: ProgramFile) => unknown = () => undefined): ProgramFile {
  return aFile((file) => {
    Object.assign(file.program, { key: 'other', lines: [], integrationKeys: [] });
    change(file);
  });
}

/** Every row of every table but the clock, to compare what was with what is. */
export async function everyRow({ superuserUrl }: Addresses): Promise<string> {
  const ask = (sql: string, values?: unknown[]) => runSql(superuserUrl, sql, values) as never;
  const rows = await readAsText(ask, ['public', 'audit', 'bullmq']);
  return rows
    .split('\n')
    .filter((row) => !row.includes('"high_water"'))
    .join('\n');
}
