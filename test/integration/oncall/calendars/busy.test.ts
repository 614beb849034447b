import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Person } from '../../../../src/staff/rules/permissions.js';
import { canMakeCertificates } from '../../../support/internet/certificate.js';
import { type BusyRoom, host, openBusyRoom } from './busy-room.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const url = `https://${host}/private-7f3a9/basic.ics`;
const title = 'Canary appointment with Doctor Ashgrove';

/** An hour each, `days` from now, as a calendar program sends them. */
const calendar = (...days: number[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...days.flatMap((day) => [
      'BEGIN:VEVENT',
      `UID:${day}`,
      `SUMMARY:${title}`,
      'ATTENDEE:mailto:canary@example.org',
      `DTSTART:${stamp(Date.now() + day * dayMs)}`,
      'DURATION:PT1H',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
    '',
  ].join('\r\n');
const stamp = (instant: number): string =>
  new Date(instant).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '');

const rows = canMakeCertificates ? describe : describe.skip;

rows('the busy times of a person', () => {
  let room: BusyRoom;
  let answer: (response: ServerResponse) => void;
  let primary: Person;

  beforeAll(async () => {
    room = await openBusyRoom((_request, response) => answer(response));
    const [row] = await room.sql<{ id: string }>("select id from staff where key = 'primary'");
    primary = { staffId: row!.id, memberships: [], via: 'token' };
  });
  afterAll(() => room.close());
  afterEach(async () => {
    await room.calendars.remove(primary).catch(() => undefined); // Some have none any more.
  });

  const sends = (text: string): void => {
    answer = (response) => response.end(text);
  };
  const times = () => room.sql<{ from_at: Date }>('select * from busy_times order by from_at');
  const daysAhead = async () =>
    (await times()).map(({ from_at: from }) => Math.round((+from - Date.now()) / dayMs));
  const due = async () => {
    const [row] = await room.sql<{ ms: number }>(
      `select (extract(epoch from due_at - handrail_now()) * 1000)::integer as ms
         from busy_calendars`,
    );
    return Math.round(row!.ms / hourMs);
  };

  it('are fetched at once, then every hour, and replaced as a whole', async () => {
    sends(calendar(1, 2, 70));
    expect(await room.calendars.set(primary, url)).toMatchObject({
      host,
      fetchedAt: null,
      trouble: null,
      busyTimes: 0,
    });
    expect(await room.fetchDue()).toBe(1);
    expect(await daysAhead()).toEqual([1, 2]);
    expect(await room.calendars.show(primary)).toMatchObject({
      host,
      fetchedAt: expect.any(Date),
      busyTimes: 2,
    });

    expect([await room.fetchDue(), await due()]).toEqual([0, 1]);
    sends(calendar(3));
    await room.clock.pass(hourMs);
    expect(await room.fetchDue()).toBe(1);
    expect(await daysAhead()).toEqual([3]);
  });

  it('are told for a span, whole, and only of those who were asked for', async () => {
    sends(calendar(1, 2, 3));
    await room.calendars.set(primary, url);
    await room.fetchDue();
    const { staffId } = primary;
    const from = Date.now() + 1.5 * dayMs;
    const of = (ids: string[]) =>
      room.work.run((tx) => room.times.of(tx, ids, { from, to: from + dayMs }));

    const [second] = (await times()).slice(1) as unknown as { from_at: Date; to_at: Date }[];
    const whole = { from: second!.from_at.getTime(), to: second!.to_at.getTime() };
    expect(await of([staffId])).toEqual(new Map([[staffId, [whole]]]));
    expect(await of([])).toEqual(new Map());
  });

  it('are all that is kept: no title, no attendee, no address', async () => {
    sends(calendar(1));
    await room.calendars.set(primary, url);
    await room.fetchDue();
    const stored = JSON.stringify([
      await room.sql('select * from busy_calendars'),
      await times(),
      await room.sql('select * from audit.audit_events'),
      await room.calendars.show(primary),
    ]);

    expect(await times()).toHaveLength(1);
    for (const secret of ['private-7f3a9', 'Canary', 'basic.ics']) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });

  it('stay when a fetch fails, which is told and tried again later and later', async () => {
    sends(calendar(1));
    await room.calendars.set(primary, url);
    await room.fetchDue();
    answer = (response) => response.writeHead(500, title).end(title);
    const waits: number[] = [];
    await room.clock.pass(hourMs);
    for (let failures = 0; failures < 7; failures += 1) {
      expect(await room.fetchDue()).toBe(1);
      waits.push(await due());
      await room.clock.pass(waits.at(-1)! * hourMs);
    }

    expect(waits).toEqual([1, 2, 4, 8, 16, 24, 24]);
    expect(await times()).toHaveLength(1);
    const shown = await room.calendars.show(primary);
    expect(shown).toMatchObject({
      trouble: { code: 'server_failed' },
      fetchedAt: expect.any(Date),
    });
    expect(JSON.stringify(shown)).not.toContain(title);

    sends(calendar(20));
    await room.fetchDue();
    expect(await room.calendars.show(primary)).toMatchObject({ trouble: null, busyTimes: 1 });
    expect(await due()).toBe(1);
  });

  it.each([
    ['a page to sign in', '<!doctype html><title>Sign in</title>', 'not_a_calendar'],
    [
      'a calendar that never ends',
      calendar(1).replace('DURATION:', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\nDURATION:'),
      'too_complex',
    ],
  ])('are not had from %s', async (_what, text, code) => {
    sends(text);
    await room.calendars.set(primary, url);
    await room.fetchDue();
    expect(await room.calendars.show(primary)).toMatchObject({ trouble: { code }, busyTimes: 0 });
  });

  it('are forgotten with the calendar, also while it is fetched', async () => {
    sends(calendar(1));
    await room.calendars.set(primary, url);
    await room.fetchDue();
    await room.clock.pass(hourMs);
    const asked = new Promise<ServerResponse>((resolve) => {
      answer = resolve;
    });
    const fetching = room.fetchDue();
    const response = await asked;
    await room.calendars.remove(primary);
    response.end(calendar(2));
    await fetching;

    expect(await times()).toEqual([]);
    await expect(room.calendars.show(primary)).rejects.toMatchObject({ status: 404 });
    await expect(room.calendars.remove(primary)).rejects.toMatchObject({ status: 404 });
  });

  it('are those of the new address, whatever the old one still answers', async () => {
    await room.calendars.set(primary, url);
    const asked = new Promise<ServerResponse>((resolve) => {
      answer = resolve;
    });
    const fetching = room.fetchDue();
    const response = await asked;
    sends(calendar(5));
    await room.calendars.set(primary, `${url}?new`);
    response.end(calendar(2));
    await fetching;
    expect(await times()).toEqual([]);
    await room.fetchDue();
    expect(await daysAhead()).toHaveLength(1);
  });

  it('are fetched by one of several processes', async () => {
    let requests = 0;
    answer = (response) => {
      requests += 1;
      response.end(calendar(1));
    };
    await room.calendars.set(primary, url);
    const [id] = await room.fetches.dueIds(1);
    const others = [room.fetches, room.newFetches(), room.newFetches()];
    await Promise.all(others.map((one) => one.fetch(id!)));
    await Promise.all(others.map((one) => one.idle()));
    expect(requests).toBe(1);
  });

  it('are left alone by a process that ends, and fetched when its lease is over', async () => {
    const ending = room.newFetches();
    const asked = new Promise<void>((resolve) => {
      answer = () => resolve();
    });
    await room.calendars.set(primary, url);
    const [id] = await ending.dueIds(1);
    await ending.fetch(id!);
    await asked;
    await ending.beforeApplicationShutdown();

    expect(await room.fetchDue()).toBe(0);
    sends(calendar(1));
    await room.clock.pass(60_000);
    expect(await room.fetchDue()).toBe(1);
    expect(await room.calendars.show(primary)).toMatchObject({ trouble: null });
    expect(await ending.dueIds(1)).toEqual([]);
  });

  it('are not fetched for somebody who is disabled, and vanish with their key', async () => {
    sends(calendar(1));
    await room.calendars.set(primary, url);
    await room.sql('update staff set disabled_at = now() where id = $1', [primary.staffId]);
    expect(await room.fetchDue()).toBe(0);
    await room.sql('update staff set disabled_at = null where id = $1', [primary.staffId]);
    await room.work.run((tx) => room.vault.destroy(tx, primary.staffId));
    await room.fetchDue();
    expect(await room.sql('select from busy_calendars')).toEqual([]);
  });
});
