import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyFile } from '../../support/handrail.js';
import { type Service, startService } from '../../support/service.js';
import { aProgramOfShifts, dailyTurns, hours, minutes, Shifts } from './shifts.js';

let service: Service;
let shifts: Shifts;
beforeAll(async () => {
  service = await startService({ program: aProgramOfShifts(), processes: ['all', 'worker'] });
  shifts = new Shifts(service);
});
afterAll(() => service.stop());

/** The same program with another schedule. */
async function publish(members: string[], changes: object = {}): Promise<void> {
  const file = { ...service.program.file, schedules: [dailyTurns(members, changes), backupOf()] };
  const { code, said } = await applyFile(service.database, file);
  if (code !== 0) throw new Error(said);
}

const backupOf = (): object => (service.program.file as { schedules: object[] }).schedules[1]!;

const toCome = async (): Promise<string[]> => {
  const now = await shifts.now();
  const watches = await shifts.watches();
  return watches.filter(({ from }) => from.getTime() > now).map(({ person }) => person);
};

/** Waits until the shifts to come are those of the schedule. */
async function plannedLike(): Promise<string[]> {
  return service.eventually(
    async () => {
      const now = await shifts.now();
      const [schedule] = await service.sql<{ id: string }>(
        `select id from schedules where key = 'primary'`,
      );
      const to = new Date(now + hours(48)).toISOString();
      const { body } = await service
        .api('supervisor')
        .get(`/v1/schedules/${schedule!.id}/shifts?to=${to}`);
      const told = body as unknown as { shifts: { person: { id: string }; from: string }[] };
      const keys = await shifts.keys();
      const wanted = told.shifts
        .filter(({ from }) => Date.parse(from) > now + 1_000)
        .map(({ person }) => keys.get(person.id)!);
      const planned = await toCome();
      return JSON.stringify(planned) === JSON.stringify(wanted) ? planned : null;
    },
    { what: 'a plan like the schedule' },
  );
}

describe('the shifts that are watched', () => {
  it('are those of the schedule for the next 48 hours, each once', async () => {
    const planned = await plannedLike();

    expect(planned.length).toBeGreaterThan(0);
    expect(new Set(planned)).toEqual(new Set(['primary', 'clinician-1']));
  });

  it('follow a change before they begin: who does not come any more is not asked', async () => {
    const { at, incoming } = await shifts.nextTurn();
    const other = incoming === 'primary' ? 'clinician-1' : 'primary';
    await publish([other]);
    const planned = await plannedLike();
    await shifts.lookAtAll();
    await shifts.passUntil(at + 1_000);
    await shifts.watchIn(other, 'asked', 'on');

    expect(new Set(planned)).toEqual(new Set([other]));
    expect((await shifts.watches()).filter(({ person }) => person === incoming)).not.toContainEqual(
      expect.objectContaining({ state: 'asked' }),
    );
    const [watch] = (await shifts.watches()).filter(({ state }) => state === 'asked');
    if (watch) {
      await shifts.reply(other, await shifts.text(other, /check-in, Night line/));
      await shifts.watchIn(other, 'on');
    }
  });

  it('are announced and asked about once, by two processes, and with every job lost', async () => {
    await publish(['primary', 'clinician-1']);
    await plannedLike();
    const { at, incoming } = await shifts.nextTurn();
    await shifts.lookAtAll();
    await service.loseEveryJob();
    await shifts.passUntil(at - hours(1) + 1_000);
    await shifts.text(incoming, /you are on call for Night line/);
    await service.loseEveryJob();
    await shifts.passUntil(at + 1_000);
    const text = await shifts.text(incoming, /check-in, Night line/);
    await shifts.reply(incoming, text);
    await shifts.watchIn(incoming, 'on');

    const pages = await service.sql<{ purpose: string; count: number }>(
      `select p.purpose, count(*)::integer as count
         from pages p join shift_watches w on w.id = p.subject_id
        where w.from_at = $1 group by p.purpose order by p.purpose`,
      [new Date(at)],
    );
    expect(pages).toEqual([
      { purpose: 'check_in', count: 1 },
      { purpose: 'notice', count: 1 },
    ]);
  });

  it('need no check-in where the schedule asks for none', async () => {
    await publish(['primary', 'clinician-1'], { checkIn: false });
    await plannedLike();
    const { at, incoming } = await shifts.nextTurn();
    await shifts.passUntil(at + 1_000);

    expect(await shifts.watchIn(incoming, 'on')).toMatchObject({ asks: 0 });
  });

  it('tell people of what others do to them', async () => {
    const now = await shifts.now();
    const [on] = await shifts.onCall(now + minutes(5));
    const other = on!.key === 'primary' ? 'clinician-1' : 'primary';
    const ids = new Map([...(await shifts.keys())].map(([id, key]) => [key, id]));
    const [schedule] = await service.sql<{ id: string }>(
      `select id from schedules where key = 'primary'`,
    );
    await shifts.lookAtAll();
    const made = await service.api('supervisor').post(`/v1/schedules/${schedule!.id}/overrides`, {
      kind: 'replace',
      from: new Date(now + minutes(5)).toISOString(),
      to: new Date(now + minutes(65)).toISOString(),
      incoming: ids.get(other),
      outgoing: ids.get(on!.key),
      reason: 'a dentist',
    });

    expect(made.status).toBe(201);
    expect((await shifts.text(other, /on-call change/)).body).toContain('Night line');
    expect((await shifts.text(on!.key, /on-call change/)).body).not.toContain('Reply');
  });
});

describe('the workload', () => {
  it('is told by person, with what the figures mean, to supervisors only', async () => {
    const { body } = await service.raiseFlag();
    await service.eventually(async () => {
      const rows = await service.sql('select from pages where subject_id = $1', [body.case!.id]);
      return rows.length > 0;
    });
    const path = '/v1/reports/workload?program=harness';
    const report = await service.api('supervisor').get(path);
    const { people } = report.body as unknown as {
      people: { id: string; hours: number; pages: number }[];
    };

    expect(report.status).toBe(200);
    expect(report.body).toMatchObject({
      program: 'harness',
      zone: 'America/New_York',
      definitions: { nights: expect.any(String), nightPages: expect.any(String) },
    });
    expect(people.reduce((sum, { pages }) => sum + pages, 0)).toBeGreaterThan(0);
    expect(people[0]!.hours).toBeGreaterThanOrEqual(people[1]!.hours);
    expect((await service.api('backup').get(path)).status).toBe(403);
  });
});
