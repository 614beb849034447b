import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../support/database.js';
import { type Service, startService } from '../../support/service.js';
import { metricsToken } from '../../support/service/environment.js';
import { request } from '../../support/service/requests.js';

let service: Service;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.stop());

const scrape = (token: string | null) =>
  request<string>(`${service.url}/metrics`, {
    method: 'GET',
    ...(token !== null && { headers: { authorization: `Bearer ${token}` } }),
  });

describe('/metrics', () => {
  it.each([null, 'another-token-of-tests', `${metricsToken}x`])(
    'is refused with the token %s',
    async (token) => {
      expect((await scrape(token)).status).toBe(401);
    },
  );

  it('shows what is documented, and nobody', async () => {
    const opened = await service.raiseFlag();
    await service.phones.expectPage('primary');
    await service.get('/help/status/a-token-that-nobody-may-read');

    const { status, headers, body } = await scrape(metricsToken);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(body).toMatch(/^handrail_cases\{state="paging",acuity="URGENT"\} 1$/m);
    const secrets = [...service.secrets, opened.body.case!.id, opened.body.flag.id, 'a-token-that'];
    for (const secret of secrets) expect(body).not.toContain(secret);
    const names = new Set([...body.matchAll(/^# HELP (handrail_\w+)/gm)].map(([, name]) => name));
    const documented = readFileSync(path.join(root, 'docs/operations.md'), 'utf8');
    expect([...names].filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
    expect(names.size).toBeGreaterThan(5);
  });
});
