import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aProgramWithCalls, caseOf, takesOf } from '../pages/staff-phone.js';
import {
  endCalls,
  isUntouched,
  raiseAndPickUp,
  send,
  storedCallbacks,
  type Waiting,
} from './waiting.js';

let service: Service;
let waiting: Waiting;

beforeAll(async () => {
  service = await startService({ program: aProgramWithCalls() });
});

beforeEach(async () => {
  waiting = await raiseAndPickUp(service);
});

afterEach(async () => {
  await endCalls(service);
  await service.check();
});

afterAll(() => service.stop());

describe('a callback that comes again', () => {
  it('as a key says the same and takes once', async () => {
    const first = await send(service, waiting.key);
    const [second, third] = await Promise.all([
      send(service, waiting.key),
      send(service, waiting.key),
    ]);

    expect(first.body).toContain('You have taken the case.');
    expect([second, third]).toEqual([first, first]);
    expect(await takesOf(service, waiting.caseId)).toHaveLength(1);
  });

  it('all at once takes once', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => send(service, waiting.key)));

    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(await takesOf(service, waiting.caseId)).toHaveLength(1);
  });

  it('as a passed page moves the case one step, not two', async () => {
    const pass = { ...waiting.key, params: { ...waiting.key.params, Digits: '2' } };

    await Promise.all([send(service, pass), send(service, pass), send(service, pass)]);

    const steps = (await service.auditOf(waiting.caseId)).filter(
      ({ action }) => action === 'case.declined',
    );
    expect(steps).toHaveLength(1);
    const [row] = await service
      .cases()
      .then((all) => all.filter(({ id }) => id === waiting.caseId));
    expect(row).toMatchObject({ step: 1, round: 0 });
  });

  it('as a text takes nothing when the case has gone back to paging meanwhile', async () => {
    await send(service, waiting.text);
    const taken = await caseOf(service, waiting.caseId);
    await service.passTime(300_000);
    await service.eventually(async () => {
      const actions = (await service.auditOf(waiting.caseId)).map(({ action }) => action);
      return actions.includes('case.lease_warned');
    });
    await service.passTime(300_000);
    await service.eventually(
      async () => (await caseOf(service, waiting.caseId)).state === 'paging',
    );

    const { status } = await send(service, waiting.text);

    expect(taken).toEqual({ state: 'acknowledged', owner: 'primary' });
    expect(status).toBe(200);
    expect(await caseOf(service, waiting.caseId)).toEqual({ state: 'paging', owner: null });
    expect(await takesOf(service, waiting.caseId)).toHaveLength(1);
  });

  it('as a receipt or a call is answered alike and kept once', async () => {
    for (const kind of ['receipt', 'call'] as const) {
      const first = await send(service, waiting[kind]);
      const before = await storedCallbacks(service);
      const again = [await send(service, waiting[kind]), await send(service, waiting[kind])];

      expect(again).toEqual([first, first]);
      expect(await storedCallbacks(service)).toBe(before);
    }
    expect(await isUntouched(service, waiting.caseId)).toBe(true);
  });
});
