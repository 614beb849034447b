import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { request } from '../../support/service/requests.js';

let service: Service;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.stop());

interface Event {
  actor: string;
  hasAddress: boolean;
  body: string;
}

const denials = () =>
  service.sql<Event>(
    `select actor_id as actor, ip_hash is not null as "hasAddress", body
       from audit.audit_events where action = 'access.denied' and outcome = 'denied' order by at`,
  );

describe('somebody unknown who is refused', () => {
  it('is recorded, once a minute however often they try', async () => {
    const headers = { authorization: 'Bearer nobody-has-this-token' };
    const first = await request(`${service.url}/v1/cases`, { method: 'GET', headers });
    await service.eventually(async () => (await denials()).length > 0);

    const more = await Promise.all(
      Array.from({ length: 20 }, () => service.api(null).get('/v1/on-call?program=harness')),
    );

    expect([first, ...more].map(({ status }) => status)).toEqual(Array(21).fill(401));
    const [event, ...others] = await denials();
    expect(others).toEqual([]);
    expect(event).toMatchObject({ actor: 'unknown', hasAddress: true });
    expect(JSON.parse(event!.body)).toEqual({
      handler: 'CasesController.list',
      why: 'unknown_token',
      since: 1,
    });
    expect(event!.body).not.toContain('nobody-has-this-token');
  });
});
