import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import type { Answer } from '../../support/service/requests.js';
import { aProgramWithTurns, applyOther } from './programs.js';

const nights = {
  zone: 'America/New_York',
  layers: [
    {
      name: 'weeknights',
      members: ['primary', 'clinician-1'],
      turns: {
        every: 'day',
        handOff: { time: '18:00' },
        startsOn: '2030-01-07',
        skipClosedDays: true,
      },
      windows: [{ weekdays: [1, 2, 3, 4], from: '18:00', to: '08:00' }],
    },
    { name: 'always', members: ['backup'] },
  ],
};

let service: Service;
beforeAll(async () => {
  service = await startService({ program: aProgramWithTurns() });
  await applyOther(service.database);
});
afterAll(() => service.stop());

const supervisor = () => service.api('supervisor');
const create = (key: string, more: object = {}): Promise<Answer> =>
  supervisor().post('/v1/schedules', {
    program: 'harness',
    key,
    name: 'Nights',
    ...nights,
    ...more,
  });

interface Shift {
  person: { name: string };
  from: string;
  to: string;
  localFrom: string;
  why: string;
}

describe('a schedule', () => {
  it('is created, read as it was written, and answers with its layers', async () => {
    const created = await create('nights');
    expect(created.status).toBe(201);
    const { id } = created.body as { id: string };
    const read = await service.api('backup').get(`/v1/schedules/${id}`);
    expect(read.body).toMatchObject({
      id,
      key: 'nights',
      version: 1,
      layers: [nights.layers[0], {}],
    });

    const span = 'from=2030-01-07T12:00:00Z&to=2030-01-10T12:00:00Z';
    const { body } = await service.api('backup').get(`/v1/schedules/${id}/shifts?${span}`);
    const shifts = body['shifts'] as Shift[];
    expect(shifts.map(({ person, localFrom, why }) => [person.name, localFrom, why])).toEqual([
      [nameOf('backup'), '2030-01-07T07:00', 'schedule nights, layer always'],
      [nameOf('primary'), '2030-01-07T18:00', 'schedule nights, layer weeknights'],
      [nameOf('backup'), '2030-01-08T08:00', 'schedule nights, layer always'],
      [nameOf('clinician-1'), '2030-01-08T18:00', 'schedule nights, layer weeknights'],
      [nameOf('backup'), '2030-01-09T08:00', 'schedule nights, layer always'],
      [nameOf('primary'), '2030-01-09T18:00', 'schedule nights, layer weeknights'],
    ]);
    expect(body).toMatchObject({ zone: 'America/New_York', gaps: [] });
  });

  it('tells the gaps of its shifts, each once', async () => {
    const weekday = { ...nights.layers[0], name: 'only' };
    const created = await create('gappy', {
      layers: [weekday],
      acceptedGaps: [
        {
          from: '2026-01-05T08:00',
          to: '2026-01-12T08:00',
          everyWeek: true,
          acceptedBy: 'supervisor',
          reason: 'the day team is here',
        },
      ],
    });
    expect(created.status).toBe(201);
    const span = 'from=2030-01-07T05:00:00Z&to=2030-01-08T05:00:00Z';
    const { body } = await service
      .api('backup')
      .get(`/v1/schedules/${(created.body as { id: string }).id}/shifts?${span}`);
    expect((body['gaps'] as Shift[]).map(({ from, to }) => [from, to])).toEqual([
      ['2030-01-07T05:00:00.000Z', '2030-01-07T23:00:00.000Z'],
    ]);
  });

  it('keeps the answers of before when it is changed, and the record has both versions', async () => {
    const { id } = (await create('kept', { layers: [nights.layers[1]] })).body as { id: string };
    const before = new Date();
    const layers = [{ name: 'always', members: ['clinician-1'] }];
    await service.passTime(60_000);
    const edit = { version: 1, name: 'Kept', zone: 'America/New_York', layers };
    const edited = await supervisor().put(`/v1/schedules/${id}`, edit);
    expect(edited).toMatchObject({ status: 200, body: { version: 2, name: 'Kept' } });

    const from = new Date(before.getTime() - 60_000);
    const past = `from=${from.toISOString()}&to=${before.toISOString()}`;
    const was = await service.api('backup').get(`/v1/schedules/${id}/shifts?${past}`);
    const is = await service.api('backup').get(`/v1/schedules/${id}/shifts`);
    expect((was.body['shifts'] as Shift[])[0]!.person.name).toBe(nameOf('backup'));
    expect((is.body['shifts'] as Shift[])[0]!.person.name).toBe(nameOf('clinician-1'));
    const [event] = await service.sql<{ body: string }>(
      `select body from audit.audit_events where action = 'schedule.applied' and subject_ref = $1
        order by seq desc limit 1`,
      [id],
    );
    expect(JSON.parse(event!.body)).toMatchObject({
      before: { name: 'Nights' },
      after: { name: 'Kept' },
    });
  });

  it('is changed only from the version that is in force, also by two at once', async () => {
    const { id } = (await create('raced')).body as { id: string };
    const edit = (name: string) =>
      supervisor().put(`/v1/schedules/${id}`, { version: 1, name, ...nights });
    const answers = await Promise.all(['One', 'Two', 'Three'].map(edit));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
    const late = answers.find(({ status }) => status === 409);
    expect(late!.body).toMatchObject({ code: 'changed_meanwhile', version: 2 });
  });

  it.each([
    ['an unknown zone', { zone: 'America/Atlantis' }, 400],
    ['no members', { layers: [{ name: 'x', members: [] }] }, 400],
    ['101 members', { layers: [{ name: 'x', members: keys(101) }] }, 400],
    ['10,000 members', { layers: [{ name: 'x', members: keys(10_000) }] }, 413],
    ['somebody unknown', { layers: [{ name: 'x', members: ['nobody'] }] }, 422],
    ['somebody of no role for cases', { layers: [{ name: 'x', members: ['outsider'] }] }, 422],
    ['an unknown field', { rotation: {} }, 400],
    ['a gap', { layers: [nights.layers[0]] }, 422],
    ['a key that is there', { key: 'primary' }, 409],
    ['another program', { program: 'nowhere' }, 404],
  ])('is refused with %s, and nothing is written', async (_what, more, status) => {
    const count = 'select count(*)::int as count from schedule_versions';
    const [before] = await service.sql(count);
    const answer = await create('refused', more);
    expect(answer.status).toBe(status);
    expect(answer.body).toHaveProperty('code');
    expect(await service.sql(count)).toEqual([before]);
  });

  it('says which gaps nobody has accepted', async () => {
    const { body } = await create('refused', { layers: [nights.layers[0]] });
    expect(body).toMatchObject({ code: 'gap_not_accepted' });
    const gaps = body['gaps'] as { from: string; to: string }[];
    expect(gaps.length).toBeGreaterThan(10);
    expect(gaps.every(({ from, to }) => from < to)).toBe(true);
  });

  it('has its gaps accepted by whoever says so, for nobody else', async () => {
    const gap = {
      from: '2026-01-05T08:00',
      to: '2026-01-12T08:00',
      everyWeek: true,
      reason: 'why',
    };
    const acceptedGaps = [{ ...gap, acceptedBy: 'backup' }];
    const answer = await create('refused', { layers: [nights.layers[0]], acceptedGaps });
    expect(answer).toMatchObject({ status: 403, body: { code: 'not_yours_to_accept' } });
  });

  it('says when nobody on call could be paged', async () => {
    const own = `staff_id = (select id from staff where key = 'clinician-1')`;
    await service.sql(`update contact_methods set disabled_at = now() where ${own}`);
    const layers = [{ name: 'always', members: ['clinician-1'] }];
    const { status, body } = await create('lost', { layers });
    await service.sql(`update contact_methods set disabled_at = null where ${own}`);

    expect(status).toBe(201);
    expect(body['warnings']).toMatchObject([{ code: 'out_of_reach' }]);
  });

  it.each([
    ['a clinician', 'primary', 403],
    ['the backstop', 'backstop', 403],
  ])('is not changed by %s', async (_who, person, status) => {
    const [row] = await service.sql<{ id: string }>(
      `select id from schedules where key = 'primary'`,
    );
    const edit = { version: 1, name: 'Mine', ...nights };
    expect((await service.api(person).put(`/v1/schedules/${row!.id}`, edit)).status).toBe(status);
  });

  it('of another program is none', async () => {
    const [row] = await service.sql<{ id: string }>(
      `select id from schedules where key = 'primary'`,
    );
    for (const path of ['', '/shifts']) {
      const answer = await service
        .api('primary')
        .get(`/v1/schedules/${crypto.randomUUID()}${path}`);
      expect(answer).toMatchObject({ status: 404, body: { detail: 'There is no such schedule.' } });
    }
    expect((await service.api('primary').get(`/v1/schedules/${row!.id}`)).status).toBe(200);
  });

  it.each(['from=yesterday', 'from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z', 'x=1'])(
    'tells no shifts for a span that cannot be: %s',
    async (query) => {
      const [row] = await service.sql<{ id: string }>(`select id from schedules limit 1`);
      const { status } = await service
        .api('primary')
        .get(`/v1/schedules/${row!.id}/shifts?${query}`);
      expect([400, 422]).toContain(status);
    },
  );
});

const nameOf = (key: string): string => service.program.people.get(key)!.name;
function keys(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `person-${at}`);
}
