import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aProgramWithEmail, emailOf, givePasswords, password, Visitor } from './visitor.js';

let service: Service;
let visitor: Visitor;

beforeAll(async () => {
  service = await startService({ program: aProgramWithEmail({ moreClinicians: 2 }) });
  await givePasswords(service);
});
beforeEach(() => {
  visitor = new Visitor(service);
});
afterAll(() => service.stop());

const minutes = (count: number): number => count * 60_000;

/** How often this was recorded meanwhile. */
async function recordsOf(action: string, work: () => Promise<unknown>): Promise<number> {
  const count = async (): Promise<number> => {
    const text = 'select count(*)::int as n from audit.audit_events where action = $1';
    const [row] = await service.sql<{ n: number }>(text, [action]);
    return row!.n;
  };
  const before = await count();
  await work();
  return (await count()) - before;
}

const caseNow = async (id: string) => (await service.cases()).find((row) => row['id'] === id);

describe('signing in', () => {
  it('leads to the page that was wanted, with a cookie no script can read', async () => {
    const form = { email: emailOf('primary').toUpperCase(), password, next: '/cases?still=1' };

    const recorded = await recordsOf('staff.signed_in', async () => {
      const page = await visitor.post('/sign-in', form);
      expect(page.status).toBe(303);
      expect(page.location).toBe('/cases?still=1');
      expect(page.header('set-cookie')).toMatch(
        /^handrail=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
      );
    });

    expect(recorded).toBe(1);
    expect((await visitor.get('/cases')).status).toBe(200);
    const sessions = await service.sql('select * from staff_sessions');
    expect(JSON.stringify(sessions)).not.toContain(visitor.cookie!.split('=')[1]);
  });

  it.each([
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '/help/harness',
    '/cases\n',
  ])('never leads to %j', async (next) => {
    const form = { email: emailOf('primary'), password, next };

    expect((await visitor.post('/sign-in', form)).location).toBe('/cases');
  });

  it('answers a wrong password, an unknown account and one without a password alike', async () => {
    await service.sql(`update staff set password_hash = null where key = 'clinician-2'`);
    const tries = [
      { email: emailOf('primary'), password: 'not the right one' },
      { email: 'nobody@harness.example', password },
      { email: emailOf('clinician-2'), password },
    ];

    const recorded = await recordsOf('staff.sign_in_failed', async () => {
      for (const form of tries) {
        const page = await visitor.post('/sign-in', form);
        expect(page.status).toBe(401);
        expect(page.header('set-cookie')).toBeNull();
        expect(page.text).toContain('This e-mail and password do not belong together.');
      }
    });

    expect(recorded).toBe(3);
  });

  it('is refused after five wrong tries, also with the right password', async () => {
    for (let count = 0; count < 5; count += 1) {
      await visitor.post('/sign-in', { email: emailOf('backstop'), password: 'guess' });
    }

    const late = await visitor.post('/sign-in', { email: emailOf('backstop'), password });
    const other = await visitor.post('/sign-in', { email: emailOf('backup'), password });

    expect(late.status).toBe(429);
    expect(late.header('retry-after')).toBe('900');
    expect(late.html).toContain('tel:');
    expect(other.status).toBe(303);
  });

  it('takes no form from another site', async () => {
    const form = { email: emailOf('primary'), password };

    const page = await visitor.post('/sign-in', form, { 'sec-fetch-site': 'cross-site' });

    expect(page.status).toBe(403);
    expect(visitor.cookie).toBeNull();
  });

  it('is asked for, at the address that was wanted, when nobody has signed in', async () => {
    const page = await visitor.get('/supervise');

    expect(page.status).toBe(401);
    expect(page.field('next')).toBe('/supervise');
    expect(page.html).toContain('href="tel:112"');
  });

  it('is not needed twice', async () => {
    await visitor.signIn('primary');

    expect((await visitor.get('/sign-in')).location).toBe('/cases');
  });
});

describe('a session', () => {
  it('ends after 15 idle minutes on pages with participant data, not on the board', async () => {
    const { body } = await service.raiseFlag();
    const path = `/cases/${body.case!.id}`;
    await visitor.signIn('supervisor');
    await service.passTime(minutes(14));
    const inTime = await visitor.get(path);
    await service.passTime(minutes(14));
    const still = await visitor.get(path);
    await service.passTime(minutes(16));

    const late = await visitor.get(path);
    const board = await visitor.get('/supervise');

    expect([inTime.status, still.status]).toEqual([200, 200]);
    expect(late.status).toBe(401);
    expect(late.text).toContain('You were away for a while. Sign in again.');
    expect(late.field('next')).toBe(path);
    expect(board.status).toBe(200);
    expect(board.text).not.toContain('Canary');
  });

  it('ends after 12 hours whatever was done', async () => {
    await visitor.signIn('supervisor');
    await service.passTime(minutes(12 * 60));

    expect((await visitor.get('/supervise')).status).toBe(401);
  });

  it('lets a case be taken and a typed note be sent after a while, but shows nothing', async () => {
    const { body } = await service.raiseFlag();
    const path = `/cases/${body.case!.id}`;
    await visitor.signIn('supervisor');
    const { csrf } = await visitor.get(path);
    await service.passTime(minutes(16));

    const taken = await visitor.post(`${path}/take`, { csrf });
    const contact = { csrf, kind: 'call', outcome: 'reached', note: 'typed for long' };
    const logged = await visitor.post(`${path}/contacts`, contact);
    const refused = await visitor.post(`${path}/contacts`, { csrf, kind: 'call' });
    const closed = await visitor.post(`${path}/close`, { csrf });

    expect([taken.status, logged.status, refused.status, closed.status]).toEqual([
      303, 303, 422, 401,
    ]);
    expect(refused.text).not.toContain('Canary');
    expect(await caseNow(body.case!.id)).toMatchObject({ state: 'in_contact' });
  });

  it('changes nothing without the mark of its own forms, and that is on record', async () => {
    const { body } = await service.raiseFlag();
    await visitor.signIn('primary');
    const stranger = new Visitor(service);
    await stranger.signIn('supervisor');
    const take = `/cases/${body.case!.id}/take`;
    const { csrf } = await visitor.get('/cases');

    const foreign = (await stranger.get('/cases')).csrf;

    const recorded = await recordsOf('access.denied', async () => {
      const none = await visitor.post(take, {});
      const others = await visitor.post(take, { csrf: foreign });
      const elsewhere = await visitor.post(take, { csrf }, { 'sec-fetch-site': 'same-site' });
      const api = await visitor.post(`/v1/cases/${body.case!.id}/acknowledgements`, {});
      for (const { status } of [none, others, elsewhere, api]) expect(status).toBe(403);
    });

    expect(recorded).toBe(4);
    expect(await caseNow(body.case!.id)).toMatchObject({ state: 'paging' });
  });

  it('serves the API as well, with the same mark in a header', async () => {
    const { body } = await service.raiseFlag();
    await visitor.signIn('primary');
    const { csrf } = await visitor.get('/cases');

    const path = `/v1/cases/${body.case!.id}/acknowledgements`;
    const taken = await visitor.post(path, {}, { 'x-csrf-token': csrf });

    expect(taken.status).toBe(201);
  });

  it('is over for good after signing out', async () => {
    await visitor.signIn('primary');
    const kept = visitor.cookie;
    const { csrf } = await visitor.get('/cases');

    const recorded = await recordsOf('staff.signed_out', async () => {
      expect((await visitor.post('/sign-out', { csrf })).location).toBe('/sign-in');
    });
    visitor.cookie = kept;

    expect(recorded).toBe(1);
    expect((await visitor.get('/cases')).status).toBe(401);
  });

  it('ends at once when the person is disabled', async () => {
    await visitor.signIn('clinician-1');
    await service.sql(`update staff set disabled_at = now() where key = 'clinician-1'`);

    expect((await visitor.get('/cases')).status).toBe(401);
  });

  it('opens nothing that the role does not', async () => {
    await visitor.signIn('primary');

    expect((await visitor.get('/supervise')).status).toBe(403);
  });
});
