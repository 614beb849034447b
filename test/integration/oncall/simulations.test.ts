import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aProgramWithTurns } from './programs.js';

interface Played {
  at: string;
  pages: {
    afterSeconds: number;
    step: number;
    person: { id: string; name: string };
    why: string;
    attempts: { afterSeconds: number; channel: string }[];
  }[];
  skipped: { step: number }[];
  alarms: { kind: string; afterSeconds: number }[];
  roundAgainAt: string;
}

let service: Service;
beforeAll(async () => {
  service = await startService({ program: aProgramWithTurns() });
});
afterAll(() => service.stop());

async function simulate(query = ''): Promise<Played> {
  const { status, body } = await service
    .api('backup')
    .get(`/v1/simulations?program=harness${query}`);
  expect(status).toBe(200);
  return body as unknown as Played;
}

interface Paged {
  id: string;
  step: number;
  after: number;
}

/** What really happened, as far as a whole round. */
function pagesOf(caseId: string): Promise<Paged[]> {
  return service.sql<Paged>(
    `select p.staff_id as id, (p.content ->> 'step')::int as step,
            round(extract(epoch from p.queued_at - c.opened_at))::int as after
       from pages p join cases c on c.id = p.subject_id
      where p.subject_id = $1 and p.occasion like 'r0%' order by p.queued_at, p.id`,
    [caseId],
  );
}

describe('a simulation', () => {
  it('foretells whom a flag that nobody answers pages, and when', async () => {
    const foretold = await simulate();
    const { body } = await service.raiseFlag();
    const caseId = body.case!.id;
    for (const { afterSeconds } of foretold.pages.slice(1)) {
      const [{ passed } = { passed: 0 }] = await service.sql<{ passed: number }>(
        `select extract(epoch from handrail_now() - opened_at)::float as passed
           from cases where id = $1`,
        [caseId],
      );
      await service.passTime((afterSeconds - passed + 0.3) * 1000);
      await service.eventually(async () => (await pagesOf(caseId)).at(-1)!.after >= afterSeconds);
    }
    const really = await pagesOf(caseId);

    expect(really.map(({ id, step }) => [id, step])).toEqual(
      foretold.pages.map(({ person, step }) => [person.id, step]),
    );
    for (const [at, { afterSeconds }] of foretold.pages.entries()) {
      expect(Math.abs(really[at]!.after - afterSeconds)).toBeLessThanOrEqual(5);
    }
    const backup = service.api('backstop');
    expect((await backup.post(`/v1/cases/${caseId}/acknowledgements`)).status).toBe(201);
  });

  it('tells why each is paged, over which channels, and when the alarm opens', async () => {
    const { pages, alarms, roundAgainAt, at } = await simulate('&at=2030-01-01T12:00:00Z');

    expect(pages.map(({ why, afterSeconds }) => [why, afterSeconds])).toEqual([
      ['schedule primary, layer rotation', 0],
      ['schedule backup, layer rotation', 60],
      ['role supervisor', 120],
      ['role backstop', 180],
    ]);
    expect(pages[0]!.attempts[0]).toMatchObject({ afterSeconds: 0, channel: 'sms' });
    expect(alarms).toMatchObject([{ kind: 'exhausted', afterSeconds: 180 }]);
    expect(Date.parse(roundAgainAt) - Date.parse(at)).toBe(240_000);
  });

  it('passes over a step that nobody can be reached at', async () => {
    const own = `staff_id = (select id from staff where key = 'backup')`;
    await service.sql(`update contact_methods set disabled_at = now() where ${own}`);
    const { pages, skipped } = await simulate();
    await service.sql(`update contact_methods set disabled_at = null where ${own}`);

    expect(skipped).toMatchObject([{ step: 1 }]);
    expect(pages.map(({ afterSeconds }) => afterSeconds)).toEqual([0, 60, 120]);
  });

  it('shows for a whole week how long it takes to the first, second and third person', async () => {
    const path = '/v1/simulations/week?program=harness&at=2030-03-09T12:10:00Z';
    const { status, body } = await service.api('backup').get(path);
    const moments = body['moments'] as { at: string; localAt: string; seconds: number[] }[];

    expect(status).toBe(200);
    expect(moments).toHaveLength(336);
    expect(moments[0]).toMatchObject({
      at: '2030-03-09T12:00:00.000Z',
      localAt: '2030-03-09T07:00',
    });
    expect(new Set(moments.map(({ seconds }) => seconds.join()))).toEqual(new Set(['0,60,120']));
    // Clocks go from 01:59 to 03:00 in this night.
    expect(moments.some(({ localAt }) => localAt === '2030-03-10T02:00')).toBe(false);
  });

  it.each([
    ['program=nowhere', 404],
    ['program=harness&acuity=DIRE', 400],
    ['program=harness&need=x', 400],
    ['program=harness&at=noon', 400],
    ['', 400],
  ])('is refused for %j', async (query, status) => {
    expect((await service.api('backup').get(`/v1/simulations?${query}`)).status).toBe(status);
    expect((await service.api('backup').get(`/v1/simulations/week?${query}`)).status).toBe(status);
  });
});
