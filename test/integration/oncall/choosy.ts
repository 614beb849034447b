import { Temporal } from 'temporal-polyfill';
import { aProgram, type TestProgram } from '../../support/service/program.js';

const zone = 'America/New_York';

interface StaffInFile {
  key: string;
  credentials?: { kind: string; expires: string; states?: string[] }[];
  languages?: string[];
  gender?: string;
}

export interface ChoosyFile {
  program: object;
  policy: { sessionHours: object[]; acuities: Record<string, object> };
  staff: StaffInFile[];
  schedules: object[];
  participants: Record<string, unknown>[];
}

/** Today, or so many days later, in the program's zone. */
export const dayIn = (days: number): string =>
  Temporal.Now.plainDateISO(zone).add({ days }).toString();

/** In session from half an hour ago for an hour, also when that is over midnight. */
function sessionNow(): object {
  const now = Temporal.Now.zonedDateTimeISO(zone);
  const clock = (minutes: number): string =>
    now.add({ minutes }).toPlainTime().toString({ smallestUnit: 'minute' });
  const { dayOfWeek } = now.subtract({ minutes: 30 });
  return { weekdays: [dayOfWeek], from: clock(-30), to: clock(30) };
}

/**
 * Pages the prescriber first when it is about medication, the therapist in session hours, then
 * whoever suits best of `primary`, `backup` and `clinician-2`, then `primary`. `clinician-1` is the
 * prescriber of `patient`, `clinician-2` their therapist.
 */
export function aChoosyProgram(): TestProgram & { file: ChoosyFile } {
  const program = aProgram({ moreClinicians: 2 });
  const file = JSON.parse(JSON.stringify(program.file)) as ChoosyFile;
  const any = [{ person: 'primary' }, { person: 'backup' }, { person: 'clinician-2' }];
  const pages = [
    { page: [{ relationship: 'prescriber', when: { needs: ['medication'] } }] },
    { page: [{ relationship: 'primary_therapist', when: { hours: 'session' } }] },
    { page: any, prefer: ['relationship', 'gender', 'language', 'licenseState'] },
    { page: [{ schedule: 'primary' }] },
  ];
  const steps = pages.map((step) => ({ ...step, waitSeconds: 60 }));
  const acuity = { leaseSeconds: 300, roundAgainSeconds: 60, steps };
  file.policy.sessionHours = [sessionNow()];
  for (const name of Object.keys(file.policy.acuities)) file.policy.acuities[name] = acuity;
  const profiles: Record<string, Omit<StaffInFile, 'key'>> = {
    primary: { languages: ['en'], gender: 'female', credentials: [aLicense(2, 'KS')] },
    backup: { languages: ['en', 'es'], gender: 'male', credentials: [aLicense(900, 'NY', 'MO')] },
    'clinician-2': { languages: ['en'], gender: 'male', credentials: [aLicense(900, 'NY')] },
  };
  for (const one of file.staff) Object.assign(one, profiles[one.key]);
  file.participants = [
    {
      externalId: 'patient',
      name: 'Pat Ownstaff',
      prescriber: 'clinician-1',
      primaryTherapist: 'clinician-2',
    },
    { externalId: 'speaker', name: 'Pat Speaker', language: 'es-MX', prefersGender: 'male' },
    { externalId: 'rival', name: 'Pat Rival', conflictsOfInterest: ['primary'] },
  ];
  return { ...program, file };
}

const aLicense = (days: number, ...states: string[]) => ({
  kind: 'LCSW',
  expires: dayIn(days),
  states,
});
