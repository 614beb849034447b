import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import type { PageText } from '../../support/service/phones.js';
import { aHouse, Followed, minutes, seconds } from './house.js';

let service: Service;
beforeAll(async () => {
  service = await startService({ program: aHouse() });
});
afterAll(() => service.stop());

const staffId = async (key: string): Promise<string> =>
  (await service.sql<{ id: string }>('select id from staff where key = $1', [key]))[0]!.id;
const owner = async (current: Followed): Promise<unknown> => (await current.row())['owner_id'];
/** The page's link, asked as a browser or a preview bot asks. */
const open = (page: PageText, method = 'GET', body?: string) =>
  fetch(page.link, {
    method,
    redirect: 'manual',
    ...(body !== undefined && {
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  });

describe('a case is taken', () => {
  it('by replying the code of the page', async () => {
    const current = await Followed.open(service);
    const page = await current.paged('primary');

    const said = await service.phones.reply('primary', page);

    expect(said).toContain(`taken case ${current.ref}`);
    expect(await current.row()).toMatchObject({
      state: 'acknowledged',
      owner_id: await staffId('primary'),
      lease_until: expect.any(Date),
    });
    await current.close();
  });

  it('by the link, and only by posting to it', async () => {
    const current = await Followed.open(service);
    const page = await current.paged('primary');

    for (const method of ['GET', 'HEAD', 'GET'])
      expect((await open(page, method)).status).toBe(200);
    const untouched = await current.row();
    const taken = await open(page, 'POST', 'answer=take');

    expect(untouched).toMatchObject({ state: 'paging', owner_id: null });
    expect(taken.status).toBeLessThan(400);
    expect(await owner(current)).toBe(await staffId('primary'));
    await current.close();
  });

  it('by the API, once, however often it is said', async () => {
    const current = await Followed.open(service);

    const first = await current.take('backup');
    const again = await current.take('backup');

    expect([first.status, again.status]).toEqual([201, 201]);
    expect(first.body).toMatchObject({ state: 'acknowledged', owner: await staffId('backup') });
    const kinds = await service.sql('select kind from acknowledgements where case_id = $1', [
      current.id,
    ]);
    expect(kinds).toEqual([{ kind: 'primary' }]);
    await current.close();
  });

  it('by one, and whoever comes later is told who has it', async () => {
    const current = await Followed.open(service);
    const page = await current.paged('primary');
    await service.passTime(seconds(60));
    const second = await current.paged('backup');
    await service.phones.reply('backup', second);

    const byCode = await service.phones.reply('primary', page);
    const byApi = await current.take('supervisor');

    expect(byCode).toMatch(/another|taken by/i);
    expect(byApi.status).toBe(409);
    expect(byApi.body).toMatchObject({
      code: 'already_acknowledged',
      owner: { id: await staffId('backup'), name: service.phones.person('backup').name },
      acknowledgedAt: expect.stringMatching(/Z$/),
    });
    const acks = await service.sql<{ said: string }>(
      `select a.kind || ' ' || s.key as said from acknowledgements a
         join staff s on s.id = a.staff_id where a.case_id = $1 order by a.at`,
      [current.id],
    );
    expect(acks.map(({ said }) => said)).toEqual(['primary backup', 'co primary', 'co supervisor']);
    await current.close();
  });

  it('by one of twenty at once', async () => {
    const current = await Followed.open(service);
    const people = ['primary', 'backup', 'supervisor', 'backstop'];

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => current.take(people[at % 4]!)),
    );

    const winners = new Set(
      answers.filter(({ status }) => status === 201).map(({ body }) => body['owner']),
    );
    expect(winners.size).toBe(1);
    expect(winners).toContain(await owner(current));
    await current.close();
  });

  it('not by a wrong code, nor by a code on another phone', async () => {
    const current = await Followed.open(service);
    const page = await current.paged('primary');
    const wrong = page.code === '111111' ? '222222' : '111111';

    const answers = [
      await service.phones.reply('primary', page, wrong),
      await service.phones.reply('primary', page, 'YES'),
      await service.phones.reply('backup', page),
    ];

    for (const said of answers) expect(said).toMatch(/988|911/);
    expect(await current.row()).toMatchObject({ state: 'paging' });
    await current.close();
  });
});

describe('a page is passed on', () => {
  it.each([
    ['by text', (page: PageText) => service.phones.reply('primary', page, `${page.code} N`)],
    ['by the link', (page: PageText) => open(page, 'POST', 'answer=pass')],
  ])('%s: the next one is paged at once, and the first never again', async (_how, pass) => {
    const current = await Followed.open(service);
    const page = await current.paged('primary');

    await pass(page);
    await current.paged('backup');
    for (const person of ['supervisor', 'backstop', 'backup']) {
      await service.passTime(seconds(60));
      await current.paged(person);
    }

    const toPrimary = (await current.pages()).filter((one) => one.includes(' primary '));
    expect(toPrimary).toEqual(['r0s0 primary step']);
    await current.close();
  });

  it('by the API, with a reason nobody else reads', async () => {
    const current = await Followed.open(service);

    const without = await current.do('primary', 'declines');
    const { status } = await current.do('primary', 'declines', { reason: 'with my own family' });

    expect(without.status).toBe(400);
    expect(status).toBe(201);
    await current.paged('backup');
    const notes = await service.sql<{ text: Buffer }>('select text from case_notes');
    expect(notes.at(-1)!.text.toString('latin1')).not.toContain('family');
    await current.close();
  });

  it('by its owner, to the next step', async () => {
    const current = await Followed.open(service);
    await current.take('primary');

    const { status } = await current.do('primary', 'declines', { reason: 'cannot after all' });

    expect(status).toBe(201);
    await current.paged('backup');
    expect(await owner(current)).toBeNull();
    await current.close();
  });
});

describe('an acknowledgement is a lease', () => {
  it('warns at half time, and pages wider when no contact was tried', async () => {
    const current = await Followed.open(service);
    await current.paged('primary');
    await current.take('primary');

    await service.passTime(seconds(150));
    const warning = await current.paged('primary');
    await service.passTime(seconds(150));
    const wider = await current.paged('backup');

    expect(warning.body).toContain('nothing new is logged');
    expect(wider.body).toContain('not yet taken');
    expect(await current.row()).toMatchObject({ state: 'paging', owner_id: null, step: 1 });
    expect((await current.pages()).filter((one) => one.endsWith('wider'))).toEqual([
      'r1s1 backup wider',
      'r1s1 primary wider',
    ]);
    await current.close();
  });

  it('is kept by each attempt to reach the participant', async () => {
    const current = await Followed.open(service);
    await current.take('primary');

    for (const outcome of ['no_answer', 'voicemail']) {
      await service.passTime(seconds(140));
      await current.do('primary', 'contacts', { kind: 'call', outcome });
    }
    await service.passTime(seconds(140));

    expect(await current.row()).toMatchObject({ state: 'acknowledged', lease_warned_at: null });
    expect((await current.pages()).filter((one) => one.endsWith('lease_warning'))).toEqual([]);
    await current.close();
  });

  it('ends with contact, and a case in contact that nobody writes on is recalled', async () => {
    const current = await Followed.open(service);
    await current.paged('primary');
    await current.take('primary');
    const { body } = await current.do('primary', 'contacts', { kind: 'call', outcome: 'reached' });

    await service.passTime(minutes(30));
    const reminder = await current.paged('primary');

    expect(body).toMatchObject({ state: 'in_contact', leaseUntil: null });
    expect(reminder.body).toContain('still open');
    await current.close();
  });
});
