import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type Service, startService } from '../support/service.js';
import { onBothBackends, onRedis } from '../support/queue/backends.js';

jest.setTimeout(60_000);

/** Far less than any wait for Redis. */
const answerMs = 1_500;
/** By how much a dead queue may slow an answer: less than any wait for a bell. */
const slowerMs = 250;
const flagsEach = 8;

let service: Service;
afterEach(() => service.stop());

/** A flag is answered at once and paged, whatever the queue does. */
async function expectFlagIsPaged(): Promise<void> {
  const began = performance.now();
  const { status, body } = await service.raiseFlag();
  expect(performance.now() - began).toBeLessThan(answerMs);
  expect(status).toBe(201);
  await service.phones.expectPage('primary', { ref: body.case!.ref });
}

/** How long the quickest of many flags waits for its answer; each is paged. */
async function intakeMs(): Promise<number> {
  const sender = async (): Promise<{ ref: string; tookMs: number }[]> => {
    const answered: { ref: string; tookMs: number }[] = [];
    for (let at = 0; at < flagsEach; at += 1) {
      const began = performance.now();
      const { body } = await service.raiseFlag();
      answered.push({ ref: body.case!.ref, tookMs: performance.now() - began });
    }
    return answered;
  };
  const all = (await Promise.all([sender(), sender()])).flat();
  for (const { ref } of all) await service.phones.expectPage('primary', { ref });
  return Math.min(...all.map(({ tookMs }) => tookMs));
}

/** Waits until the queue is all that the engine misses. */
const onlyQueueMissing = () =>
  service.eventually(async () => {
    const { body } = await service.get('/health/engine');
    return JSON.stringify(body['reasons']) === '["queue_unreachable"]';
  });

describe('a queue that forgets', () => {
  onBothBackends((backend) => {
    it('costs no step and no first page, however often every job is deleted', async () => {
      service = await startService({ backend, processes: ['web', 'worker'] });
      const { body } = await service.raiseFlag();
      for (const person of ['primary', 'backup', 'supervisor', 'backstop', 'primary']) {
        await service.phones.expectPage(person, { ref: body.case!.ref });
        await service.loseEveryJob();
        await service.passTime(60_000);
        await service.loseEveryJob();
      }

      const posting = Array.from({ length: 10 }, async () => {
        const answer = await service.raiseFlag();
        await service.loseEveryJob();
        return answer.body.case!.ref;
      });
      for (const ref of await Promise.all(posting)) {
        const page = await service.phones.expectPage('primary', { ref });
        expect(page.body).toContain('step 1/3');
      }
    });
  });
});

describe('a queue that is not there', () => {
  onRedis(() => {
    it('is not missed when Redis is absent at the start, and is used once it is there', async () => {
      service = await startService({ backend: 'redis', redisRuns: false, until: 'answers' });
      await onlyQueueMissing();
      await expectFlagIsPaged();

      await service.redis!.start();

      await expect(service.engineWell()).resolves.toBeUndefined();
      await expectFlagIsPaged();
    });

    it('is not missed when Redis dies in mid-life, and is used once it is back', async () => {
      service = await startService({ backend: 'redis', processes: ['web', 'worker'] });
      await expectFlagIsPaged();
      await service.redis!.kill();
      await expectFlagIsPaged();
      await service.passTime(60_000);
      await service.phones.expectPage('backup');
      await onlyQueueMissing();

      await service.redis!.start();

      await service.engineWell(0);
      await service.engineWell(1);
      await expectFlagIsPaged();
    });

    it.each<[string, () => Promise<void> | void]>([
      ['dead', () => service.redis!.kill()],
      ['half-open', () => service.redisLine.freeze()],
    ])('does not slow down intake when Redis is %s', async (_how, goAway) => {
      service = await startService({ backend: 'redis', flakyRedis: true });
      const well = await intakeMs();

      await goAway();

      expect(await intakeMs()).toBeLessThan(well + slowerMs);
    });

    it('is not missed when the connection to Redis is half-open, and is made anew', async () => {
      service = await startService({ backend: 'redis', flakyRedis: true });
      await expectFlagIsPaged();
      service.redisLine.freeze();
      await expectFlagIsPaged();
      await service.passTime(60_000);
      await service.phones.expectPage('backup');
      await onlyQueueMissing();

      service.redisLine.pass();

      await expect(service.engineWell(0, { deadlineMs: 20_000 })).resolves.toBeUndefined();
      await expectFlagIsPaged();
    });
  });
});
