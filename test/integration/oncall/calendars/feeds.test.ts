import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../../support/service.js';
import { aProgramWithTurns } from '../programs.js';
import { makeFeed, ofOther, ofSchedule, own, read, shiftsAt, tokenIn } from './feeds.js';

let service: Service;
const ids = new Map<string, string>();
beforeAll(async () => {
  service = await startService({ program: aProgramWithTurns() });
  const staff = await service.sql<{ id: string; key: string }>('select id, key from staff');
  for (const { id, key } of staff) ids.set(key, id);
});
afterAll(() => service.stop());

const feed = (person: string, wanted: object) => makeFeed(service, person, wanted);

/** The shifts of a schedule by the API. */
async function shiftsByApi(key: string): Promise<{ person: string; from: string; to: string }[]> {
  const [row] = await service.sql<{ id: string }>('select id from schedules where key = $1', [key]);
  const [from, to] = [-40, 130].map((days) => new Date(Date.now() + days * 86_400_000));
  const span = `from=${from!.toISOString()}&to=${to!.toISOString()}`;
  const path = `/v1/schedules/${row!.id}/shifts?${span}`;
  const { body } = await service.api('supervisor').get(path);
  const { shifts } = body as unknown as {
    shifts: { person: { name: string }; from: string; to: string }[];
  };
  return shifts.map((one) => ({ ...one, person: one.person.name }));
}

describe('a calendar feed', () => {
  it('shows the shifts of one person in the zone of the schedule, with nobody named', async () => {
    const { url } = await feed('primary', own);
    const { headers, body } = await read(url);
    const shown = await shiftsAt(url);
    const mine = (await shiftsByApi('primary')).filter(({ person }) => person.includes('primary'));
    const now = Date.now();

    expect(shown.length).toBeGreaterThan(5);
    expect(shown.map(({ from, to }) => ({ from, to }))).toEqual(
      mine
        .filter(
          ({ from, to }) =>
            Date.parse(from) < now + 90 * 86_400_000 && Date.parse(to) > now - 7 * 86_400_000,
        )
        .map(({ from, to }) => ({ from, to })),
    );
    expect(new Set(shown.map(({ summary }) => summary))).toEqual(new Set(['primary on call']));
    expect(body).toContain('DTSTART;TZID=America/New_York:');
    expect(body).not.toContain('Quillfeather');
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('shows everybody on one schedule by name, and calls a shift the same each time', async () => {
    const { url } = await feed('backup', ofSchedule);
    const shown = await shiftsAt(url);
    const names = ['primary', 'clinician-1'].map((key) => service.program.people.get(key)!.name);

    expect(new Set(shown.map(({ summary }) => summary))).toEqual(
      new Set(names.map((name) => `primary on call: ${name}`)),
    );
    expect(new Set(shown.map(({ uid }) => uid)).size).toBe(shown.length);
    expect(await shiftsAt(url)).toEqual(shown);
    const mine = await shiftsAt((await feed('primary', own)).url);
    expect(shown.map(({ uid }) => uid)).toEqual(expect.arrayContaining(mine.map((one) => one.uid)));
  });

  it('follows the schedule from one read to the next', async () => {
    const { url } = await feed('clinician-1', own);
    const before = await shiftsAt(url);
    const always = { zone: 'Asia/Kathmandu', layers: [{ name: 'all', members: ['clinician-1'] }] };
    const schedule = { program: 'harness', key: 'always', name: 'Always; really, all', ...always };
    const created = await service.api('supervisor').post('/v1/schedules', schedule);
    expect(created.status).toBe(201);

    const shown = await shiftsAt(url);
    expect(shown).toHaveLength(before.length + 1);
    expect(shown.map(({ summary }) => summary)).toContain('Always; really, all');
    expect((await read(url)).body).toContain('TZID:Asia/Kathmandu');
  });

  it('is listed without its address, with when it was last read', async () => {
    const { id, url } = await feed('supervisor', own);
    await read(url);
    const { body } = await service.api('supervisor').get('/v1/calendar-feeds');
    const { feeds } = body as { feeds: { id: string; lastReadAt: string | null }[] };

    const me = { id: ids.get('supervisor'), name: service.program.people.get('supervisor')!.name };
    expect(feeds).toContainEqual({
      id,
      kind: 'person',
      program: null,
      person: me,
      schedule: null,
      createdBy: me,
      createdAt: expect.any(String),
      lastReadAt: expect.any(String),
    });
    expect(JSON.stringify(body)).not.toContain(tokenIn(url));
  });

  it('is gone as soon as it is revoked, like one that never was', async () => {
    const { id, url } = await feed('primary', ofSchedule);
    expect((await read(url)).status).toBe(200);
    expect((await service.api('primary').delete(`/v1/calendar-feeds/${id}`)).status).toBe(204);

    const revoked = await read(url);
    const never = await service.get(`/calendars/${'x'.repeat(43)}.ics`);
    const odd = await service.get('/calendars/a.ics');
    expect([revoked.status, never.status, odd.status]).toEqual([404, 404, 404]);
    expect(revoked.body).toEqual(never.body);
    expect(odd.body).toEqual(never.body);
    expect(revoked.headers.get('content-type')).toBe(never.headers.get('content-type'));
    expect((await service.api('primary').delete(`/v1/calendar-feeds/${id}`)).status).toBe(404);
    const { body } = await service.api('primary').get('/v1/calendar-feeds');
    expect(JSON.stringify(body)).not.toContain(id);
  });

  it('is made and revoked on the record, with for whom', async () => {
    const { id } = await feed('supervisor', ofOther('primary'));
    await service.api('primary').delete(`/v1/calendar-feeds/${id}`);
    const events = await service.sql<{ action: string; actor: string; body: string }>(
      `select action, actor_id as actor, body from audit.audit_events
        where subject_ref = $1 order by seq`,
      [id],
    );

    expect(events.map(({ action, actor }) => [action, actor])).toEqual([
      ['calendar_feed.created', ids.get('supervisor')],
      ['calendar_feed.revoked', ids.get('primary')],
    ]);
    const forWhom = { staffId: ids.get('primary'), scheduleId: null };
    for (const { body } of events) expect(JSON.parse(body)).toMatchObject(forWhom);
  });

  it('is kept as no more than a hash', async () => {
    const { id, url } = await feed('primary', own);
    const [row] = await service.sql('select * from calendar_feeds where id = $1', [id]);
    expect((row!['token_hash'] as Buffer).length).toBe(32);
    expect(JSON.stringify(row)).not.toContain(tokenIn(url));
  });

  it('is refused to whoever reads it over and over, until a minute has passed', async () => {
    const { url } = await feed('backup', own);
    const statuses: number[] = [];
    for (let times = 0; times < 31; times += 1) statuses.push((await read(url)).status);
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 200), 429]);
  });
});
