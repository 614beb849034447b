import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aProgram } from '../../support/service/program.js';
import { type Service, startService } from '../../support/service.js';
import { Followed, minutes } from '../cases/house.js';
import { type ChoosyFile, dayIn } from './choosy.js';

const days = (count: number): number => minutes(count * 24 * 60);

/** The one credential of `primary`, who is on call all the time, is valid until tomorrow. */
function aProgramWithLicense() {
  const program = aProgram();
  const file = JSON.parse(JSON.stringify(program.file)) as ChoosyFile;
  file.staff[0]!.credentials = [{ kind: 'LCSW', expires: dayIn(1), states: ['NY'] }];
  file.staff[1]!.credentials = [
    { kind: 'LMSW', expires: dayIn(-30) },
    { kind: 'LCSW', expires: dayIn(900) },
  ];
  return { ...program, file };
}

let service: Service;
beforeAll(async () => {
  service = await startService({ program: aProgramWithLicense() });
});
afterAll(() => service.stop());

const onCallAt = async (at?: Date): Promise<string[][]> => {
  const when = at ? `&at=${at.toISOString()}` : '';
  const { body } = await service.api('backup').get(`/v1/on-call?program=harness${when}`);
  const { steps } = body as { steps: { people: { name: string }[] }[] };
  return steps.map(({ people }) => people.map(({ name }) => name.split(' ')[1]!));
};

describe('a credential that expires while its holder is on call', () => {
  it('is foreseen for any instant', async () => {
    expect((await onCallAt())[0]).toEqual(['primary']);
    expect((await onCallAt(new Date(Date.now() + days(3))))[0]).toEqual([]);
  });

  it('changes nothing before, and makes the next be paged at once afterwards', async () => {
    const before = await Followed.open(service);
    expect(await before.pages()).toEqual(['r0s0 primary step']);
    await before.close();

    await service.passTime(days(2));
    const after = await Followed.open(service);

    expect(await after.pages()).toEqual(['r0s1 backup step']);
    expect(await after.reasons()).toEqual(['opened', 'nobody_reachable', 'step']);
    const [opened] = await after.events();
    const [primary] = await service.sql<{ id: string }>(
      `select id from staff where key = 'primary'`,
    );
    expect(opened!.body['credentialsExpired']).toEqual([primary!.id]);
    expect((await onCallAt())[0]).toEqual([]);
    await after.close();
  });

  it('keeps its holder from taking and working a case, but not from passing it on', async () => {
    const current = await Followed.open(service);

    for (const [what, body] of [
      ['acknowledgements', {}],
      ['contacts', { kind: 'call', outcome: 'reached' }],
      ['acuity', { acuity: 'EMERGENT', reason: 'worse' }],
    ] as const) {
      const refused = await current.do('primary', what, body);
      expect([what, refused.status, refused.body]).toEqual([
        what,
        403,
        expect.objectContaining({ code: 'credential_expired' }),
      ]);
    }
    expect(await current.row()).toMatchObject({ state: 'paging', owner_id: null });
    const passed = await current.do('primary', 'declines', { reason: 'my license' });
    expect(passed.status).toBe(201);
    await current.close();
  });

  it('keeps them from being offered one', async () => {
    const current = await Followed.open(service);
    await current.take('backup');
    const [primary] = await service.sql<{ id: string }>(
      `select id from staff where key = 'primary'`,
    );

    const { status } = await current.do('backup', 'hand-overs', { to: primary!.id });

    expect(status).toBe(422);
    await current.close('backup');
  });
});
