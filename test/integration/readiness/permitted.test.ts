import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type Service, startService } from '../../support/service.js';
import { aHouseWithCallers, ask, denialsOf, letThemCome, type Who } from '../cases/callers.js';

let service: Service;
beforeAll(async () => {
  service = await startService({ program: aHouseWithCallers() });
  await letThemCome(service);
});
afterAll(() => service.stop());

const reads = ['/v1/check-ins?program=harness', '/v1/reports/workload?program=harness'];
const readers: [who: Who, status: number][] = [
  ['supervisor', 200],
  ['clinician', 403],
  ['backstop', 403],
  ['admin', 403],
  ['stranger', 404],
  ['somebody who left', 401],
  ['a revoked token', 401],
  ['a wrong token', 401],
  ['an integration key', 401],
  ['nobody', 401],
];
/** Whoever has no shift of their own has nothing to answer, whichever role they have. */
const answerers = readers.map(([who, status]): [Who, number] => [who, status === 401 ? 401 : 404]);

describe('the life of shifts', () => {
  it.each(readers.flatMap(([who, status]) => reads.map((path) => [who, status, path] as const)))(
    'is told to a %s with %i: %s',
    async (who, status, path) => {
      const before = await denialsOf(service, who);
      expect((await ask(service, who, 'GET', path, {})).status).toBe(status);
      const refused = status === 403 || status === 404 ? 1 : 0;
      expect((await denialsOf(service, who)) - before).toBe(refused);
    },
  );

  it.each(answerers)('takes no answer for others from a %s: %i', async (who, status) => {
    const [watch] = await service.sql<{ id: string }>('select id from shift_watches limit 1');
    for (const id of [watch!.id, randomUUID()]) {
      const path = `/v1/check-ins/${id}/answers`;
      expect((await ask(service, who, 'POST', path, { answer: 'here' })).status).toBe(status);
    }
  });

  it('reads admin input strictly', async () => {
    const post = (path: string, body: object) => ask(service, 'supervisor', 'POST', path, body);
    const path = `/v1/check-ins/${randomUUID()}/answers`;
    expect((await post(path, { answer: 'here', more: 1 })).status).toBe(400);
    expect((await post('/v1/check-ins/none/answers', { answer: 'here' })).status).toBe(400);
    const empty =
      '/v1/reports/workload?program=harness&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z';
    expect((await ask(service, 'supervisor', 'GET', empty, {})).status).toBe(422);
    expect((await ask(service, 'supervisor', 'GET', '/v1/check-ins', {})).status).toBe(400);
  });
});
