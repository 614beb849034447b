import type { Text } from '../../support/phone-lab.js';
import type { Service } from '../../support/service.js';
import { aProgram, type TestProgram } from '../../support/service/program.js';
import type { Answer } from '../../support/service/requests.js';

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => minutes(count * 60);
export const days = (count: number): number => hours(count * 24);

interface FileOfShifts {
  staff: { key: string; contactMethods: { channel: string }[] }[];
  schedules: object[];
}

/**
 * `primary` and `clinician-1` take daily turns on the schedule `primary`, from noon to noon UTC,
 * and check in; `backup` is on call all the time, then come the supervisors. All but the
 * supervisor can be called.
 */
export function aProgramOfShifts(members = ['primary', 'clinician-1']): TestProgram {
  const program = aProgram({ moreClinicians: 2, waitSeconds: 600, leaseSeconds: 600 });
  const file = JSON.parse(JSON.stringify(program.file)) as FileOfShifts;
  for (const one of file.staff) {
    const [text] = one.contactMethods;
    if (one.key !== 'supervisor') one.contactMethods.push({ ...text!, channel: 'voice' });
  }
  file.schedules[0] = dailyTurns(members);
  return { ...program, file };
}

export const dailyTurns = (members: string[], changes: object = {}): object => ({
  key: 'primary',
  name: 'Night line',
  zone: 'UTC',
  layers: [
    {
      name: 'nights',
      members,
      turns: { every: 'day', handOff: { time: '12:00' }, startsOn: '2024-01-01' },
    },
  ],
  ...changes,
});

export interface Watch {
  id: string;
  schedule: string;
  person: string;
  from: Date;
  to: Date;
  state: string;
  via: string | null;
  asks: number;
  stoodIn: boolean;
  root: string | null;
}

interface Turn {
  at: number;
  incoming: string;
  outgoing: string;
}

/** The shifts of a service as a test follows them. */
export class Shifts {
  private readonly seen = new Set<string>();

  constructor(readonly service: Service) {}

  async now(): Promise<number> {
    const [row] = await this.service.sql<{ now: Date }>('select handrail_now() as now');
    return row!.now.getTime();
  }

  /** The service's clock jumps to a moment. */
  async passUntil(at: number): Promise<void> {
    await this.service.passTime(at - (await this.now()));
  }

  /** The next noon in UTC that is so far ahead, and who goes on then and off. */
  async nextTurn(aheadMs = minutes(10)): Promise<Turn> {
    const from = (await this.now()) + aheadMs;
    const at = Math.ceil((from - hours(12)) / days(1)) * days(1) + hours(12);
    const [outgoing] = await this.onCall(at - 1);
    const [incoming] = await this.onCall(at);
    return { at, incoming: incoming!.key, outgoing: outgoing!.key };
  }

  /** Who is on call on the first step then, each with why. */
  async onCall(at: number): Promise<{ key: string; why: string }[]> {
    const query = `program=harness&at=${new Date(at).toISOString()}`;
    const { body } = await this.service.api('supervisor').get(`/v1/on-call?${query}`);
    const { steps } = body as unknown as { steps: { people: { id: string; why: string }[] }[] };
    const keys = await this.keys();
    return steps[0]!.people.map(({ id, why }) => ({ key: keys.get(id)!, why }));
  }

  async keys(): Promise<Map<string, string>> {
    const staff = await this.service.sql<{ id: string; key: string }>('select id, key from staff');
    return new Map(staff.map(({ id, key }) => [id, key]));
  }

  watches(schedule = 'primary'): Promise<Watch[]> {
    return this.service.sql<Watch>(
      `select w.id, c.key as schedule, s.key as person, w.from_at as "from", w.to_at as "to",
              w.state, w.answered_via as via, w.asks, w.stood_in_at is not null as "stoodIn",
              w.root_id as root
         from shift_watches w join staff s on s.id = w.staff_id
         join schedules c on c.id = w.schedule_id
        where c.key = $1 order by w.from_at, w.id`,
      [schedule],
    );
  }

  /** Waits until the shift of somebody that began last is in this state. */
  watchIn(person: string, ...states: string[]): Promise<Watch> {
    return this.service.eventually(
      async () => {
        const now = new Date(await this.now());
        const own = (await this.watches()).filter(
          (one) => one.person === person && one.from <= now,
        );
        const last = own.at(-1);
        return last && states.includes(last.state) ? last : null;
      },
      { what: `a shift of ${person} that is ${states.join(' or ')}` },
    );
  }

  /** Waits for the oldest text to this person that says so and was not looked at yet. */
  text(person: string, says: RegExp): Promise<Text> {
    return this.service.eventually(
      async () => {
        const fresh = (await this.texts(person)).filter(({ id }) => !this.seen.has(id));
        const found = fresh.find(({ body }) => says.test(body));
        if (found) this.seen.add(found.id);
        return found ?? null;
      },
      { what: `a text to ${person} like ${says}` },
    );
  }

  /** Whatever has arrived is not waited for any more. */
  async lookAtAll(): Promise<void> {
    for (const person of this.service.program.people.keys()) {
      for (const { id } of await this.texts(person)) this.seen.add(id);
    }
  }

  /** Oldest first. */
  async texts(person: string): Promise<Text[]> {
    const { phone } = this.service.phones.person(person);
    return (await this.service.lab.phones(phone)).texts.toReversed();
  }

  /** Resolves to what the answer said. */
  reply(person: string, { body, from }: Text, rest = ''): Promise<string> {
    const code = /Reply (\d{6})/.exec(body)?.[1] ?? '';
    const page = { ref: '', link: '', code, body, from };
    return this.service.phones.reply(person, page, `${code}${rest}`);
  }

  /** Path of the link in a text. */
  linkIn({ body }: Text): string {
    return new URL(/https?:\S+/.exec(body)![0]).pathname;
  }

  alarms(): Promise<{ kind: string; standIn: boolean; taken: boolean }[]> {
    return this.service.sql(
      `select kind, content -> 'standIn' as "standIn", taken_at is not null as taken
         from alarms order by opened_at, id`,
    );
  }

  checkIns(person = 'supervisor'): Promise<Answer> {
    return this.service.api(person).get('/v1/check-ins?program=harness');
  }
}
