import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResponseTimesReport } from '../../../src/reporting/response-times.service.js';
import { aFlag } from '../../support/service/flag.js';
import { type Service, startService } from '../../support/service.js';

let service: Service;

beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

async function report(query = ''): Promise<ResponseTimesReport> {
  const { status, body } = await service
    .api('supervisor')
    .get(`/v1/reports/response-times${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as unknown as ResponseTimesReport;
}

async function answeredAfter(ms: number): Promise<string> {
  const { body } = await service.raiseFlag();
  const page = await service.phones.expectPage('primary', { ref: body.case!.ref });
  await service.passTime(ms);
  const staff = service.api('primary');
  const path = `/v1/cases/${body.case!.id}`;
  if (page.code !== '') await staff.post(`${path}/acknowledgements`);
  await staff.post(`${path}/contacts`, { kind: 'call', outcome: 'reached' });
  return body.case!.id;
}

describe('response times', () => {
  it('count an unanswered case as endless, and never drop it', async () => {
    await answeredAfter(20_000);
    await service.raiseFlag();

    const { groups, definitions } = await service.eventually(async () => {
      const found = await report();
      return found.groups[0]?.M2.answered === 2
        ? found
        : Promise.reject(new Error('not yet paged'));
    });

    const [urgent] = groups;
    expect(urgent).toMatchObject({ key: 'URGENT', cases: 2 });
    expect(urgent!.M3).toMatchObject({ p90: null, answered: 1, unanswered: 1, withinTarget: 0.5 });
    expect(urgent!.M3.p50).toBeGreaterThanOrEqual(20);
    expect(urgent!.M3.p50).toBeLessThan(30);
    expect(urgent!.M3.targetSeconds).toBe(300);
    expect(urgent!.M5).toMatchObject({ p95: null, answered: 1, unanswered: 1 });
    expect(urgent!.M6).toEqual({ within: 1, share: 0.5 });
    expect(urgent!.M1).toEqual({ flags: 2, shown: 2, share: 1 });
    expect(urgent!.M2.p95).toBeLessThan(10);
    expect(definitions.M3).toContain('from the accepted flag');
  });

  it('leave out drills and what was entered in error', async () => {
    await answeredAfter(1_000);
    const drill = await answeredAfter(1_000);
    await service.sql('update cases set synthetic_at = now() where id = $1', [drill]);
    const mistake = await answeredAfter(1_000);
    const path = `/v1/cases/${mistake}/disposition`;
    await service.api('primary').post(path, { code: 'entered_in_error' });

    const { groups } = await report();

    expect(groups).toMatchObject([{ cases: 1, M1: { flags: 1 } }]);
  });

  it('group by channel, and look only at the time and program that were asked for', async () => {
    await service.raiseFlag(aFlag({ source: 'app_button' }));
    await service.raiseFlag(aFlag({ source: 'third_party' }));

    const byChannel = await report('?groupBy=channel&program=harness');
    const before = await report('?to=2020-01-01T00:00:00Z');

    expect(byChannel.groups.map(({ key, cases }) => [key, cases])).toEqual([
      ['app_button', 1],
      ['third_party', 1],
    ]);
    expect(byChannel.groups[1]!.M1.flags).toBe(0);
    expect(before.groups).toEqual([]);
  });

  it('are never of another range than the one that was asked for', async () => {
    const { get } = service.api('supervisor');
    const path = '/v1/reports/response-times';

    const { body } = await get(`${path}?from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z`);
    const range = { from: '2025-01-01T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z' };
    expect(body).toMatchObject(range);
    for (const from of ['2019-01-01T00:00:00Z', '2026-02-01T00:00:00Z']) {
      const refused = await get(`${path}?from=${from}&to=2026-01-01T00:00:00Z`);
      expect(refused).toMatchObject({ status: 400, body: { code: 'range_refused' } });
    }
  });

  it('are for supervisors, of their own programs', async () => {
    const path = '/v1/reports/response-times';

    expect((await service.api('primary').get(path)).status).toBe(403);
    expect((await service.api('supervisor').get(`${path}?program=other`)).status).toBe(404);
    expect((await service.api('supervisor').get(`${path}?groupBy=name`)).status).toBe(400);
  });
});
