import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aHouse, Followed, minutes, seconds } from './house.js';

let service: Service;
beforeAll(async () => {
  service = await startService({ program: aHouse() });
});
afterAll(() => service.stop());

const unverify = (key: string): Promise<unknown> =>
  service.sql(
    `update contact_methods set disabled_at = now() where staff_id =
       (select id from staff where key = $1)`,
    [key],
  );
const verify = (): Promise<unknown> => service.sql('update contact_methods set disabled_at = null');

describe('whom a case is never for', () => {
  it('a relative is passed over at once, sees nothing of it and takes nothing', async () => {
    const current = await Followed.open(service, { participant: { externalId: 'kin' } });

    await current.paged('backup');

    expect(await current.pages()).toEqual(['r0s1 backup step']);
    expect(await current.reasons()).toEqual(['opened', 'nobody_reachable', 'step']);
    expect((await current.take('primary')).status).toBe(404);
    const list = await service.api('primary').get('/v1/cases');
    expect(JSON.stringify(list.body)).not.toContain(current.id);
    await current.close();
  });

  it('the participant, who is staff as well, neither', async () => {
    const current = await Followed.open(service, { participant: { externalId: 'colleague' } });

    await current.paged('primary');
    await service.passTime(seconds(60));
    await current.paged('supervisor');

    expect((await current.pages()).filter((page) => page.includes(' backup '))).toEqual([]);
    expect((await current.take('backup')).status).toBe(404);
    await current.close();
  });

  it('whoever is offered it and may not have it', async () => {
    const current = await Followed.open(service, { participant: { externalId: 'kin' } });
    await current.take('supervisor');
    const [primary] = await service.sql<{ id: string }>(
      `select id from staff where key = 'primary'`,
    );

    const { status } = await current.do('supervisor', 'hand-overs', { to: primary!.id });

    expect(status).toBe(422);
    await current.close();
  });
});

describe('a step that reaches nobody', () => {
  it('is passed over in the same transaction', async () => {
    await unverify('primary');

    const current = await Followed.open(service);

    expect(await current.pages()).toEqual(['r0s1 backup step']);
    const opened = (await current.events()).slice(0, 3).map(({ at }) => at.getTime());
    expect(new Set(opened).size).toBe(1);
    await verify();
    await current.close();
  });

  it('leads to the backstop and the alarm when it is every step', async () => {
    for (const person of ['primary', 'backup', 'supervisor']) await unverify(person);

    const current = await Followed.open(service);
    await current.paged('backstop');

    expect(await current.pages()).toEqual(['r0s3 backstop step']);
    expect(await current.row()).toMatchObject({ exhausted_at: expect.any(Date) });
    expect(await alarms(current)).toEqual(['exhausted']);
    await verify();
    await current.close();
  });

  it('is an alarm when there is nobody at all, and paging goes round again', async () => {
    for (const person of ['primary', 'backup', 'supervisor', 'backstop']) await unverify(person);

    const current = await Followed.open(service);
    expect(await current.pages()).toEqual([]);
    expect((await alarms(current)).toSorted()).toEqual(['exhausted', 'nobody_reachable']);
    await verify();
    await service.passTime(seconds(60));

    await current.paged('primary');
    expect(await current.pages()).toContain('r1s0 primary step');
    await current.close();
  });
});

const alarms = async ({ id }: Followed): Promise<string[]> =>
  (await service.sql<{ kind: string }>('select kind from alarms where subject_id = $1', [id])).map(
    ({ kind }) => kind,
  );

describe('a case that nobody takes', () => {
  it('goes to the next, the supervisors, the backstop, and round again, for ever', async () => {
    const current = await Followed.open(service);

    for (const person of ['primary', 'backup', 'supervisor', 'backstop', 'primary', 'backup']) {
      await current.paged(person);
      await service.passTime(seconds(60));
    }

    const steps = (await current.pages()).filter((page) => page.endsWith(' step'));
    expect(steps.slice(0, 6)).toEqual([
      'r0s0 primary step',
      'r0s1 backup step',
      'r0s2 supervisor step',
      'r0s3 backstop step',
      'r1s0 primary step',
      'r1s1 backup step',
    ]);
    await current.close();
  });

  it('sounds an alarm that repeats until a named human takes it, who has not taken the case', async () => {
    const current = await Followed.open(service);
    await service.passTime(seconds(60));
    await current.paged('backup');
    await service.passTime(seconds(60));
    await current.paged('supervisor');
    await service.passTime(seconds(60));

    const first = await current.paged('supervisor');
    await service.passTime(minutes(2));
    const second = await current.paged('supervisor');
    const said = await service.phones.reply('supervisor', first);

    expect([first.body, second.body]).toEqual([
      expect.stringContaining('ALARM'),
      expect.stringContaining('ALARM'),
    ]);
    expect(said).toContain(current.ref);
    const [alarm] = await service.sql(
      `select a.repeats, s.key as taken_by, a.due_at from alarms a
         join staff s on s.id = a.taken_by where a.subject_id = $1`,
      [current.id],
    );
    expect(alarm).toMatchObject({ taken_by: 'supervisor', due_at: null });
    expect(await current.row()).toMatchObject({ state: 'paging', owner_id: null });
    await current.close();
  });

  it('ends its alarm when somebody takes it', async () => {
    const current = await Followed.open(service);
    for (const person of ['primary', 'backup', 'supervisor']) {
      await current.paged(person);
      await service.passTime(seconds(60));
    }
    await current.paged('backstop');
    expect(await alarms(current)).toEqual(['exhausted']);

    await current.take('primary');

    const open = await service.sql(
      'select from alarms where subject_id = $1 and taken_at is null',
      [current.id],
    );
    expect(open).toEqual([]);
    await current.close('primary');
  });
});
