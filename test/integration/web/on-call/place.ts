import type { Service } from '../../../support/service.js';
import type { TestProgram } from '../../../support/service/program.js';
import { aProgramWithTurns } from '../../oncall/programs.js';
import { emailOf, type Page, Visitor } from '../visitor.js';

interface StaffInFile {
  key: string;
  roles: string[];
}

/** `primary` and `clinician-1` take weekly turns, `backup` is always on call; with an admin. */
export function aProgramToLookAt(): TestProgram {
  const program = aProgramWithTurns();
  const file = program.file as { staff: StaffInFile[] };
  const admin = { key: 'admin', name: 'Zebulon admin Quillfeather', roles: ['admin'] };
  const staff = [...file.staff, admin].map((one) => ({ ...one, email: emailOf(one.key) }));
  return { ...program, file: { ...file, staff } };
}

export async function signedIn(service: Service, person: string): Promise<Visitor> {
  const visitor = new Visitor(service);
  await visitor.signIn(person);
  return visitor;
}

/** A form of a page, with the mark of this session. */
export async function send(
  visitor: Visitor,
  page: string,
  path: string,
  fields: Record<string, string>,
): Promise<Page> {
  const { csrf } = await visitor.get(page);
  return visitor.post(path, { ...fields, csrf });
}

export async function idOf(service: Service, table: 'staff' | 'schedules', key: string) {
  const [row] = await service.sql<{ id: string }>(`select id from ${table} where key = $1`, [key]);
  return row!.id;
}

/** As a field for a day and a time takes it, some days from now at that hour, in New York. */
export async function inDays(service: Service, days: number, hour = '09:00'): Promise<string> {
  const [row] = await service.sql<{ date: string }>(
    `select to_char((handrail_now() at time zone 'America/New_York') + $1 * interval '1 day',
                    'YYYY-MM-DD') as date`,
    [days],
  );
  return `${row!.date}T${hour}`;
}
