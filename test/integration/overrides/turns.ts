import type { Service } from '../../support/service.js';
import { aProgram, type TestProgram } from '../../support/service/program.js';
import type { Answer } from '../../support/service/requests.js';

export const hours = (count: number): number => count * 3_600_000;
export const days = (count: number): number => hours(count * 24);

interface StaffInFile {
  key: string;
  roles: string[];
  credentials?: object[];
}

export interface FileOfTurns {
  program: object;
  staff: StaffInFile[];
  schedules: Record<string, unknown>[];
}

/**
 * `primary`, `clinician-1` and `clinician-2` take daily turns on the schedule `primary`, in this
 * order, from noon to noon UTC; `clinician-3` is an admin, `clinician-4` is free.
 */
export function aProgramWithDailyTurns(
  change: (file: FileOfTurns) => unknown = () => undefined,
): TestProgram {
  const program = aProgram({ moreClinicians: 4, waitSeconds: 600 });
  const file = JSON.parse(JSON.stringify(program.file)) as FileOfTurns;
  for (const one of file.staff) if (one.key === 'clinician-3') one.roles = ['admin'];
  file.schedules[0] = {
    key: 'primary',
    name: 'Primary on call',
    zone: 'UTC',
    layers: [
      {
        name: 'nights',
        members: ['primary', 'clinician-1', 'clinician-2'],
        turns: { every: 'day', handOff: { time: '12:00' }, startsOn: '2024-01-01' },
      },
    ],
    checkIn: false,
  };
  change(file);
  return { ...program, file };
}

export interface ShiftTold {
  person: { id: string };
  from: string;
  to: string;
  why: string;
}

/** As far as tests change it. */
export interface ScheduleTold {
  id: string;
  key: string;
  updatedAt: string;
  version: number;
  fatigue: object;
  fixed: object[];
  layers: { members: string[]; turns: { handOff: { time: string } } }[];
}

/** The schedule `primary` as a test works on it. */
export class Turns {
  private constructor(
    readonly service: Service,
    readonly id: string,
    private readonly ids: ReadonlyMap<string, string>,
  ) {}

  static async of(service: Service, key = 'primary'): Promise<Turns> {
    const staff = await service.sql<{ id: string; key: string }>('select id, key from staff');
    const [schedule] = await service.sql<{ id: string }>(
      'select id from schedules where key = $1',
      [key],
    );
    return new Turns(service, schedule!.id, new Map(staff.map((one) => [one.key, one.id])));
  }

  idOf(key: string): string {
    return this.ids.get(key)!;
  }

  keyOf(id: string): string {
    return [...this.ids].find(([, one]) => one === id)![0];
  }

  /** The service's own clock. */
  async now(): Promise<number> {
    const [row] = await this.service.sql<{ now: Date }>('select handrail_now() as now');
    return row!.now.getTime();
  }

  /** From tomorrow on, so that none is cut. */
  async shifts(): Promise<(ShiftTold & { key: string })[]> {
    const noon = Math.ceil((await this.now()) / days(1)) * days(1) + hours(12);
    const from = new Date(noon).toISOString();
    const { body } = await this.service
      .api('supervisor')
      .get(`/v1/schedules/${this.id}/shifts?from=${from}`);
    const { shifts } = body as unknown as { shifts: ShiftTold[] };
    return shifts.map((one) => ({ ...one, key: this.keyOf(one.person.id) }));
  }

  /** The next whole shift of somebody, after so many of their own. */
  async shiftOf(key: string, after = 0): Promise<{ from: string; to: string }> {
    const own = (await this.shifts()).filter((one) => one.key === key);
    const { from, to } = own[after]!;
    return { from, to };
  }

  /** Who is on call then, by key, each with why. */
  async onCall(at: string | number): Promise<string[]> {
    const instant = new Date(at);
    const to = new Date(instant.getTime() + 1).toISOString();
    const { body } = await this.service
      .api('supervisor')
      .get(`/v1/schedules/${this.id}/shifts?from=${instant.toISOString()}&to=${to}`);
    const { shifts } = body as unknown as { shifts: ShiftTold[] };
    return shifts.map(({ person, why }) => `${this.keyOf(person.id)}: ${why}`);
  }

  post(person: string, path: string, body: object = {}): Promise<Answer> {
    return this.service.api(person).post(`/v1/schedules/${this.id}/${path}`, body);
  }

  /** `incoming` and `outgoing` are keys. */
  override(body: Record<string, unknown>, person = 'supervisor'): Promise<Answer> {
    return this.post(person, 'overrides', this.asked(body));
  }

  asked({ incoming, outgoing, ...rest }: Record<string, unknown>): object {
    return {
      kind: 'replace',
      reason: 'unwell',
      ...(incoming !== undefined && { incoming: this.idOf(incoming as string) }),
      ...(outgoing !== undefined && { outgoing: this.idOf(outgoing as string) }),
      ...rest,
    };
  }

  withdraw(id: unknown, body: object = {}, person = 'supervisor'): Promise<Answer> {
    return this.post(person, `overrides/${String(id)}/withdrawal`, body);
  }

  /** Publishes the schedule with this changed. */
  async publish(change: (body: ScheduleTold) => unknown, more: object = {}): Promise<Answer> {
    const api = this.service.api('supervisor');
    const { body } = await api.get(`/v1/schedules/${this.id}`);
    const { id: _id, key: _key, updatedAt: _at, ...schedule } = body as unknown as ScheduleTold;
    change(schedule as ScheduleTold);
    return api.put(`/v1/schedules/${this.id}`, { ...schedule, ...more });
  }

  /** What is in the audit about it, oldest first. */
  async recorded(subject: unknown): Promise<{ action: string; body: Record<string, never> }[]> {
    const rows = await this.service.sql<{ action: string; text: string }>(
      `select action, body as text from audit.audit_events
        where stream = 'config' and subject_ref = $1 order by seq`,
      [subject],
    );
    return rows.map(({ action, text }) => ({
      action,
      body: JSON.parse(text) as Record<string, never>,
    }));
  }
}
