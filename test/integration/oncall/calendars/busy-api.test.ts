import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../../support/service.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const path = '/v1/busy-calendar';
const mine = () => service.api('primary');
/** Names that end so lead nowhere, by RFC 2606. */
const url = 'https://calendar.invalid/private-b81c/basic.ics?key=private-b81c';

describe('a busy calendar', () => {
  it('is given, seen without its address, and forgotten', async () => {
    service.secrets.add('private-b81c');
    const given = await mine().put(path, { url });
    expect(given).toMatchObject({ status: 200, body: { host: 'calendar.invalid', busyTimes: 0 } });
    await service.eventually(
      async () => {
        const { body } = await mine().get(path);
        return (body['trouble'] as { code: string } | null)?.code === 'no_public_host';
      },
      { deadlineMs: 20_000 },
    );
    const shown = await mine().get(path);
    expect(JSON.stringify(shown.body)).not.toContain('private-b81c');
    expect(shown.body).toMatchObject({
      trouble: { detail: 'There is no public server of this name.' },
      fetchedAt: null,
    });

    expect((await mine().delete(path)).status).toBe(204);
    expect((await mine().get(path)).status).toBe(404);
    expect((await mine().delete(path)).status).toBe(404);
    const events = await service.sql(
      `select action from audit.audit_events where action like 'busy%' order by at, seq`,
    );
    expect(events).toEqual([{ action: 'busy_calendar.set' }, { action: 'busy_calendar.removed' }]);
  });

  it('is one for each person', async () => {
    await service.api('backup').put(path, { url });
    expect((await mine().get(path)).status).toBe(404);
    expect((await service.api('backup').get(path)).status).toBe(200);
    await Promise.all([1, 2, 3].map(() => service.api('backup').put(path, { url })));
    expect(await service.sql('select from busy_calendars')).toHaveLength(1);
    await service.api('backup').delete(path);
  });

  it.each([
    ['http://calendar.example/a.ics', 422, 'not_https'],
    ['file:///etc/passwd', 422, 'not_https'],
    ['https://calendar.example:8443/a.ics', 422, 'other_port'],
    ['https://me:secret@calendar.example/a.ics', 422, 'has_credentials'],
    ['https://127.1/a.ics', 422, 'no_public_host'],
    ['https://169.254.169.254/latest', 422, 'no_public_host'],
    ['nonsense', 422, 'malformed'],
    ['', 400, 'invalid_body'],
    [`https://calendar.example/${'x'.repeat(2_000)}`, 400, 'invalid_body'],
    [7, 400, 'invalid_body'],
  ])('is refused at %j', async (address, status, code) => {
    expect(await mine().put(path, { url: address })).toMatchObject({ status, body: { code } });
    expect((await mine().get(path)).status).toBe(404);
  });

  it('is refused with more than an address, and to nobody', async () => {
    expect((await mine().put(path, { url, staff: 'backup' })).status).toBe(400);
    expect((await service.api(null).put(path, { url })).status).toBe(401);
    expect((await service.api(null).get(path)).status).toBe(401);
    expect((await service.api(null).delete(path)).status).toBe(401);
  });
});
