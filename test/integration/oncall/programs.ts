import type { Addresses } from '../../support/database.js';
import { applyFile } from '../../support/handrail.js';
import { aProgram, type TestProgram } from '../../support/service/program.js';

interface FileWithSchedules {
  program: object;
  policy: { acuities: Record<string, { steps: { page: unknown[]; waitSeconds: number }[] }> };
  staff: { key: string }[];
  schedules: { key: string; rotation: { members: string[] } }[];
}

/** `primary` and `clinician-1` take weekly turns, from Monday to Monday, 09:00 in New York. */
export function aProgramWithTurns(): TestProgram {
  const program = aProgram({ moreClinicians: 1 });
  const file = JSON.parse(JSON.stringify(program.file)) as FileWithSchedules;
  file.schedules[0]!.rotation.members.push('clinician-1');
  file.policy.acuities['EMERGENT']!.steps = [
    { page: [{ person: 'clinician-1' }, { schedule: 'backup' }, 'backstop'], waitSeconds: 30 },
  ];
  return { ...program, file };
}

/** Another program of the same service, in which only the supervisor and the backstop work. */
export async function applyOther(database: Addresses, like = aProgram()): Promise<void> {
  const file = JSON.parse(JSON.stringify(like.file)) as FileWithSchedules;
  const program = { ...file.program, key: 'other', lines: [], integrationKeys: [] };
  const staff = file.staff.filter(({ key }) => key === 'supervisor' || key === 'backstop');
  const acuity = { steps: [{ page: [{ role: 'supervisor' }], waitSeconds: 60 }] };
  const acuities = { EMERGENT: acuity, URGENT: acuity, PRIORITY: acuity, ROUTINE: acuity };
  const { code, said } = await applyFile(database, {
    program,
    staff,
    policy: { acuities },
  });
  if (code !== 0) throw new Error(said);
}
