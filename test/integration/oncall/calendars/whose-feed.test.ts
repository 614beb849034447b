import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../../support/service.js';
import { aProgramWithTurns, applyOther } from '../programs.js';
import { makeFeed, ofOther, ofSchedule, own, read } from './feeds.js';

let service: Service;
const ids = new Map<string, string>();
beforeAll(async () => {
  service = await startService({ program: aProgramWithTurns() });
  const staff = await service.sql<{ id: string; key: string }>('select id, key from staff');
  for (const { id, key } of staff) ids.set(key, id);
});
afterAll(() => service.stop());

const feed = (person: string, wanted: object) => makeFeed(service, person, wanted);

describe('a calendar feed is not made', () => {
  beforeAll(() => applyOther(service.database));

  it.each<[what: string, person: string | null, wanted: object, status: number]>([
    ['by nobody', null, own, 401],
    ["of somebody else's shifts by a clinician", 'primary', ofOther('backup'), 404],
    ['by a supervisor for a stranger', 'supervisor', ofOther('nobody'), 422],
    [
      'by a supervisor for somebody of another program',
      'supervisor',
      { ...ofOther('primary'), program: 'other' },
      422,
    ],
    ['for a program of others', 'primary', { ...ofSchedule, program: 'other' }, 404],
    ['for no program', 'primary', { ...ofSchedule, program: 'nowhere' }, 404],
    ['for no schedule', 'primary', { ...ofSchedule, schedule: 'none' }, 422],
    ['of another kind', 'primary', { kind: 'participants' }, 400],
    ['with more than is known', 'primary', { ...own, name: 'x' }, 400],
    ['from nothing', 'primary', {}, 400],
  ])('%s', async (_what, person, wanted, status) => {
    const count = 'select count(*)::int as count from calendar_feeds';
    const [before] = await service.sql(count);
    expect(await service.api(person).post('/v1/calendar-feeds', wanted)).toMatchObject({ status });
    expect((await service.sql(count))[0]).toEqual(before);
  });

  it('when somebody has twenty of them', async () => {
    for (let made = 0; made < 20; made += 1) await feed('backstop', own);
    const answer = await service.api('backstop').post('/v1/calendar-feeds', own);
    expect(answer).toMatchObject({ status: 409, body: { code: 'too_many_feeds' } });
  });
});

describe('a calendar feed belongs to', () => {
  it('nobody who only knows its name', async () => {
    const { id, url } = await feed('primary', own);
    expect((await service.api('supervisor').delete(`/v1/calendar-feeds/${id}`)).status).toBe(404);
    expect((await service.api('backup').delete(`/v1/calendar-feeds/${id}`)).status).toBe(404);
    expect((await service.api(null).delete(`/v1/calendar-feeds/${id}`)).status).toBe(401);
    expect((await read(url)).status).toBe(200);
  });

  it('nobody any more who is disabled or has left the program', async () => {
    const urls = [
      (await feed('clinician-1', own)).url,
      (await feed('clinician-1', ofSchedule)).url,
      (await feed('supervisor', ofOther('clinician-1'))).url,
    ];
    const statuses = async () => Promise.all(urls.map(async (url) => (await read(url)).status));
    const id = ids.get('clinician-1');
    expect(await statuses()).toEqual([200, 200, 200]);

    await service.sql('update staff set disabled_at = now() where id = $1', [id]);
    expect(await statuses()).toEqual([404, 404, 404]);
    await service.sql('update staff set disabled_at = null where id = $1', [id]);
    expect(await statuses()).toEqual([200, 200, 200]);
    await service.sql('delete from staff_roles where staff_id = $1', [id]);
    expect(await statuses()).toEqual([404, 404, 404]);
  });

  it('nobody whose maker has left, since the maker knows the address', async () => {
    const { url } = await feed('supervisor', ofOther('primary'));
    expect((await read(url)).status).toBe(200);
    const roles = `staff_id = '${ids.get('supervisor')}' and program_id in
                 (select id from programs where key = 'harness')`;
    const gone = await service.sql<{ staff_id: string; program_id: string; role: string }>(
      `delete from staff_roles where ${roles} returning *`,
    );
    expect((await read(url)).status).toBe(404);
    for (const { staff_id: staff, program_id: program, role } of gone) {
      await service.sql('insert into staff_roles values ($1, $2, $3)', [staff, program, role]);
    }
  });
});
