import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ourNumber } from '../../support/provider/telephony.js';
import { type Service, startService } from '../../support/service.js';
import {
  applyTo,
  aWatchedFile,
  aWatchedProgram,
  dayMs,
  gapAlarms,
  gapTexts,
  hourMs,
  inFromNow,
  localTime,
  minuteMs,
  nthText,
  settled,
  watched,
  withHole,
} from './gaps.js';

let service: Service;
beforeEach(async () => {
  service = await startService({ program: aWatchedProgram() });
  await settled(service);
});
afterEach(() => service.stop());

const text = (person: string, body: string) =>
  service.lab.reply(service.phones.person(person).phone, ourNumber, body);

describe('a schedule of which everybody can be reached', () => {
  it('has a gap at once when the phone of the one on call goes away', async () => {
    expect(await watched(service)).toEqual([]);

    await text('primary', 'STOP');
    await nthText(service, 'supervisor', 1);

    expect(await watched(service)).toMatchObject([
      { schedule: 'primary', why: 'nobody_reachable', stagesTold: 4 },
    ]);
    expect(await gapAlarms(service)).toMatchObject([{ stage: 'now' }]);
  });

  it('has a gap when an override leaves nobody, of which whoever accepted it is reminded', async () => {
    const [primary] = await service.sql<{ id: string; schedule: string }>(
      `select s.id, c.id as schedule from staff s, schedules c
        where s.key = 'primary' and c.key = 'primary'`,
    );
    const from = await inFromNow(service, 20 * hourMs);
    const to = new Date(from.getTime() + hourMs);
    const made = await service
      .api('supervisor')
      .post(`/v1/schedules/${primary!.schedule}/overrides`, {
        kind: 'remove',
        outgoing: primary!.id,
        from: from.toISOString(),
        to: to.toISOString(),
        reason: 'a retreat',
        acceptGap: { reason: 'the group runs then' },
      });
    expect(made.status).toBe(201);
    await nthText(service, 'supervisor', 1);

    const found = { why: 'nobody_scheduled', fromAt: from, toAt: to, stagesTold: 2 };
    expect(await watched(service)).toMatchObject([found]);
    expect(await gapAlarms(service)).toMatchObject([{ stage: '24 hours' }]);
    const { body } = await service.api('backup').get('/v1/coverage?program=harness');
    expect(JSON.stringify(body)).toContain('the group runs then');
  });

  it('has a gap from the day after a credential expires, told of a week ahead', async () => {
    const expires = localTime(await inFromNow(service, 10 * dayMs)).slice(0, 10);
    await applyTo(
      service,
      aWatchedFile((file) => {
        file.staff[0]!.credentials = [{ kind: 'LCSW', expires, states: ['NY'] }];
      }),
    );
    await settled(service);
    const [gap] = await watched(service);

    expect(gap).toMatchObject({ schedule: 'primary', why: 'nobody_eligible', stagesTold: 0 });
    expect(localTime(gap!.fromAt).slice(11)).toBe('00:00');
    expect(gap!.fromAt > new Date(`${expires}T12:00:00Z`)).toBe(true);

    await service.passTime(5 * dayMs);
    await nthText(service, 'supervisor', 1);
    expect(await gapAlarms(service)).toMatchObject([{ stage: '7 days' }]);
  });

  it('has a gap that nobody could see yet, once it is less than 30 days ahead', async () => {
    const from = await inFromNow(service, 31 * dayMs);
    const to = new Date(from.getTime() + hourMs);
    await applyTo(service, aWatchedFile(withHole({ from, to, accepted: null })));
    await settled(service);
    expect(await watched(service)).toEqual([]);

    await service.passTime(2 * dayMs);
    await settled(service);

    expect(await watched(service)).toMatchObject([{ fromAt: from, toAt: to, stagesTold: 0 }]);
    expect(await gapAlarms(service)).toEqual([]);
  });

  it('has no gap of which anybody is reminded when it is accepted for every week', async () => {
    const from = await inFromNow(service, hourMs);
    const to = new Date(from.getTime() + hourMs);
    await applyTo(service, aWatchedFile(withHole({ from, to, accepted: { everyWeek: true } })));
    await settled(service);

    expect(await watched(service)).toEqual([]);
    const [check] = await service.sql(
      `select gap_minutes, accepted_gap_minutes from coverage_checks`,
    );
    expect(check).toEqual({ gap_minutes: 0, accepted_gap_minutes: 60 });
  });

  it('keeps its gap, and what was told of it, when its edges move', async () => {
    const from = await inFromNow(service, 30 * minuteMs);
    const hole = (ms: number) => withHole({ from, to: new Date(from.getTime() + ms) });
    await applyTo(service, aWatchedFile(hole(hourMs)));
    await nthText(service, 'supervisor', 1);
    await applyTo(service, aWatchedFile(hole(2 * hourMs)));
    await settled(service);

    expect(await watched(service)).toMatchObject([{ stagesTold: 3, goneAt: null }]);
    expect(await gapTexts(service, 'supervisor')).toHaveLength(1);
  });
});

describe('when no supervisor can be paged about a gap', () => {
  it('the backstop is', async () => {
    await text('supervisor', 'STOP');
    await service.sql(
      `update contact_methods set disabled_at = handrail_now()
        where staff_id = (select id from staff where key = 'supervisor')`,
    );
    await text('primary', 'STOP');

    expect((await nthText(service, 'backstop', 1)).body).toContain('gap now');
  });
});

describe('a program with fewer than two people', () => {
  it('tells the supervisors once, by a notice that nobody has to take', async () => {
    await applyTo(
      service,
      aWatchedFile((file) => {
        for (const acuity of Object.values(file.policy.acuities)) acuity.steps.splice(1);
      }),
    );
    const { phone } = service.phones.person('supervisor');
    const notice = await service.lab.expectText(phone, ({ body }) =>
      body.includes('fewer than two'),
    );
    await service.passTime(2 * hourMs);
    await settled(service);
    const { texts } = await service.lab.phones(phone);

    expect(notice.body).not.toContain('Reply');
    expect(texts.filter(({ body }) => body.includes('fewer than two'))).toHaveLength(1);
    expect(await watched(service)).toMatchObject([{ kind: 'thin', stagesTold: 1 }]);
    expect(await gapAlarms(service)).toEqual([]);
  });
});
