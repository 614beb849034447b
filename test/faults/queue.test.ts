import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type Service, startService } from '../support/service.js';
import { onBothBackends, onRedis } from '../support/service/backends.js';

jest.setTimeout(60_000);

let service: Service;
afterEach(() => service.stop());

/** A flag is answered at once and paged, whatever the queue does. */
async function flagIsPaged(): Promise<void> {
  const began = performance.now();
  const { status, body } = await service.raiseFlag();
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(status).toBe(201);
  await service.phones.expectPage('primary', { ref: body.case!.ref });
}

/** Waits until the queue is all that the engine misses. */
const onlyQueueMissing = () =>
  service.eventually(async () => {
    const { body } = await service.get('/health/engine');
    return JSON.stringify(body['reasons']) === '["queue_unreachable"]';
  });

describe('a queue that forgets', () => {
  onBothBackends((backend) => {
    it('costs no step when every job is deleted again and again', async () => {
      service = await startService({ backend, processes: ['web', 'worker'] });
      const { body } = await service.raiseFlag();
      for (const person of ['primary', 'backup', 'supervisor', 'backstop']) {
        await service.phones.expectPage(person, { ref: body.case!.ref });
        await service.loseEveryJob();
        await service.passTime(60_000);
        await service.loseEveryJob();
      }
      await service.phones.expectPage('primary', { ref: body.case!.ref });
    });

    it('costs no first page when jobs vanish as fast as they come', async () => {
      service = await startService({ backend });
      const posting = Array.from({ length: 10 }, async () => {
        const { body } = await service.raiseFlag();
        await service.loseEveryJob();
        return body.case!.ref;
      });

      for (const ref of await Promise.all(posting)) {
        await service.phones.expectPage('primary', { ref });
      }
    });
  });
});

describe('a queue that is not there', () => {
  onRedis(() => {
    it('is not missed when Redis is absent at the start, and is used once it is there', async () => {
      service = await startService({ backend: 'redis', redisRuns: false, until: 'answers' });
      await onlyQueueMissing();
      await flagIsPaged();

      await service.redis!.start();

      await service.engineWell();
      await flagIsPaged();
    });

    it('is not missed when Redis dies in mid-life, and is used once it is back', async () => {
      service = await startService({ backend: 'redis', processes: ['web', 'worker'] });
      await flagIsPaged();
      await service.redis!.kill();
      await flagIsPaged();
      await service.passTime(60_000);
      await service.phones.expectPage('backup');
      await onlyQueueMissing();

      await service.redis!.start();

      await service.engineWell(0);
      await service.engineWell(1);
      await flagIsPaged();
    });

    it('is not missed when the connection to Redis is half-open, and is made anew', async () => {
      service = await startService({ backend: 'redis', flakyRedis: true });
      await flagIsPaged();
      service.redisLine.freeze();
      await flagIsPaged();
      await onlyQueueMissing();

      service.redisLine.pass();

      await service.engineWell(0, { deadlineMs: 20_000 });
      await flagIsPaged();
    });
  });
});
