import { Temporal } from 'temporal-polyfill';
import { applyFile } from '../../support/handrail.js';
import type { Service } from '../../support/service.js';
import { aProgram, type TestProgram } from '../../support/service/program.js';
import type { Text } from '../../support/phone-lab.js';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const zone = 'America/New_York';

interface PersonInFile {
  key: string;
  roles: string[];
  credentials?: object[];
  contactMethods: { channel: string; address: string; verified: boolean }[];
}

interface WatchedFile {
  policy: { acuities: Record<string, { steps: { page: unknown[] }[] }> };
  staff: PersonInFile[];
  schedules: object[];
}

/** The tests' program, whose supervisor can be called as well. */
export function aWatchedProgram(): TestProgram {
  const program = aProgram();
  return { ...program, file: aWatchedFile() };
}

/** Its file, a copy to change. */
export function aWatchedFile(
  change: (file: WatchedFile) => unknown = () => undefined,
): WatchedFile {
  const file = JSON.parse(JSON.stringify(aProgram().file)) as WatchedFile;
  for (const person of file.staff) {
    if (person.key !== 'supervisor') continue;
    person.contactMethods.push(
      ...person.contactMethods.map((method) => ({ ...method, channel: 'voice' })),
    );
  }
  change(file);
  return file;
}

/** On the clocks of the program, to the minute. */
export function localTime(at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

export interface Hole {
  from: Date;
  to: Date;
  accepted?: { everyWeek?: boolean; acceptedBy?: string } | null;
}

/** `primary` as it is, but for a stretch in which nobody is on call, accepted unless it is null. */
export function withHole({ from, to, accepted = {} }: Hole): (file: WatchedFile) => void {
  const times = { from: localTime(from), to: localTime(to) };
  const acceptance = { ...times, acceptedBy: 'supervisor', reason: 'A retreat.', ...accepted };
  return (file) => {
    file.schedules[0] = {
      key: 'primary',
      name: 'primary on call',
      zone,
      layers: [{ name: 'everybody', members: ['primary'] }],
      fixed: [{ name: 'nobody', ...times, shifts: [] }],
      acceptedGaps: accepted === null ? [] : [acceptance],
      checkIn: false,
    };
  };
}

/** In whole minutes of the service's clock, as a file says them. */
export async function inFromNow(service: Service, ms: number): Promise<Date> {
  const now = await clockOf(service);
  return new Date(Math.ceil((now.getTime() + ms) / minuteMs) * minuteMs);
}

export async function clockOf(service: Service): Promise<Date> {
  const [row] = await service.sql<{ now: Date }>('select handrail_now() as now');
  return row!.now;
}

export async function applyTo(service: Service, file: object): Promise<void> {
  const { code, said } = await applyFile(service.database, file);
  if (code !== 0) throw new Error(said);
}

export interface WatchedRow {
  id: string;
  schedule: string | null;
  kind: string;
  why: string;
  fromAt: Date;
  toAt: Date;
  stagesTold: number;
  dueAt: Date | null;
  goneAt: Date | null;
}

export function watched(service: Service): Promise<WatchedRow[]> {
  return service.sql(
    `select g.id, s.key as schedule, g.kind, g.why, g.from_at as "fromAt", g.to_at as "toAt",
            g.stages_told as "stagesTold", g.due_at as "dueAt", g.gone_at as "goneAt"
       from coverage_gaps g left join schedules s on s.id = g.schedule_id
      order by g.found_at, g.from_at`,
  );
}

/** Waits until every program is checked and whoever has to be told is told. */
export async function settled(service: Service): Promise<void> {
  const look = () =>
    service.sql(
      `select from programs p left join coverage_checks c on c.program_id = p.id
        where coalesce(c.due_at, '-infinity') <= handrail_now()
       union all select from coverage_gaps where due_at <= handrail_now()`,
    );
  await service.eventually(async () => (await look()).length === 0, { what: 'every check' });
}

export interface AlarmSeen {
  subjectId: string;
  stage: string;
  taken: boolean;
  withdrawn: boolean;
}

/** Alarms about gaps, the oldest first. */
export function gapAlarms(service: Service): Promise<AlarmSeen[]> {
  return service.sql(
    `select subject_id as "subjectId", content ->> 'stage' as stage, taken_at is not null as taken,
            withdrawn_at is not null as withdrawn
       from alarms where kind = 'coverage_gap' order by opened_at, id`,
  );
}

/** Texts about gaps on somebody's phone, the oldest first. */
export async function gapTexts(service: Service, person: string): Promise<Text[]> {
  const { texts } = await service.lab.phones(service.phones.person(person).phone);
  return texts.toReversed().filter(({ body }) => body.startsWith('ONCALL ALARM'));
}

/** The newest, when there are so many. */
export function nthText(service: Service, person: string, count: number): Promise<Text> {
  return service.eventually(
    async () => {
      const texts = await gapTexts(service, person);
      return texts.length === count ? texts.at(-1)! : null;
    },
    { what: `text ${count} about a gap to ${person}` },
  );
}

export const codeIn = ({ body }: Text): string => /Reply (\d+) to take/.exec(body)?.[1] ?? '';
