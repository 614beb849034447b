import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type OwnCluster, startOwnCluster } from '../support/database.js';
import { type FlagAnswer, type Service, startService } from '../support/service.js';
import { onBothBackends } from '../support/queue/backends.js';
import { aFlag } from '../support/service/flag.js';
import type { Answer } from '../support/service/requests.js';

jest.setTimeout(60_000);

let cluster: OwnCluster;
let service: Service;
beforeAll(async () => {
  cluster = await startOwnCluster();
});
afterAll(() => cluster.discard());
afterEach(() => service.stop({ stepMs: 15_000 }));

/** What a service does by itself when it starts is done: the next commit is the test's own. */
const lookedAhead = (running: Service) =>
  running.eventually(async () => {
    const done = await running.sql(
      `select from coverage_checks c join shift_plans p using (program_id)
        where c.checked_at is not null and p.planned_at is not null`,
    );
    return done.length > 0;
  });

/** Says plainly that nothing was taken, and gives help all the same. */
function expectHonestRefusal({ status, headers, body }: Answer<FlagAnswer>): void {
  expect(status).toBe(503);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(body.resources).not.toHaveLength(0);
  expect(body.flag).toBeUndefined();
}

async function expectHelpWithoutDatabase(): Promise<void> {
  const began = performance.now();
  const resources = await service.get('/v1/resources?country=US');
  const ready = await service.get('/health/ready');
  expect([resources.status, ready.status]).toEqual([200, 200]);
  expect(resources.body['resources']).not.toHaveLength(0);
  expect(performance.now() - began).toBeLessThan(1_000);
}

/** Posts until it is taken, as an app on a bad day does; collects what was answered before. */
async function insist(idempotencyKey: string): Promise<Answer<FlagAnswer>[]> {
  const body = aFlag();
  const refused: Answer<FlagAnswer>[] = [];
  await service.eventually(
    async () => {
      const answer = await service.raiseFlag(body, { idempotencyKey });
      if (answer.status >= 300) refused.push(answer);
      return answer.status < 300;
    },
    { deadlineMs: 20_000, what: `flag ${idempotencyKey} to be taken` },
  );
  return refused;
}

/** From its arrival to a human who has it, all within this bound. */
async function expectCanaryTaken(withinMs: number): Promise<void> {
  const began = performance.now();
  const flag = aFlag();
  const ref = await service.eventually(
    async () => {
      const { status, body } = await service.raiseFlag(flag, { idempotencyKey: 'canary' });
      return status < 300 && body.case!.ref;
    },
    { deadlineMs: withinMs, what: 'the canary to be taken in' },
  );
  const page = await service.phones.expectPage('primary', { ref, deadlineMs: withinMs });
  const said = await service.phones.reply('primary', page);
  expect(performance.now() - began).toBeLessThan(withinMs);
  expect(said).toContain('you have taken');
}

describe('a database that dies', () => {
  onBothBackends((backend) => {
    it('loses no flag that was answered when it is stopped at once under load', async () => {
      service = await startService({ backend, cluster, processes: ['web', 'worker'] });
      const sender = async (name: number): Promise<Answer<FlagAnswer>[]> => {
        const refused: Answer<FlagAnswer>[] = [];
        for (let at = 0; at < 5; at += 1) refused.push(...(await insist(`sender-${name}-${at}`)));
        return refused;
      };
      const sending = Promise.all([1, 2, 3, 4].map(sender));
      await service.eventually(() => service.flags.length > 4);
      await cluster.stopImmediately();
      await service.eventually(() => service.flags.some(({ answer }) => answer.status === 503));
      await cluster.startAgain();
      await expectCanaryTaken(10_000);
      const refused = (await sending).flat();

      for (const answer of refused) expectHonestRefusal(answer);
      await service.eventually(async () => {
        const pages = await service.phones.pagesOf('primary');
        expect(new Set(pages.map(({ ref }) => ref)).size).toBe(21);
        return true;
      });
      await service.engineWell(0);
      await service.engineWell(1);
    });

    it('is waited for when it is absent at the start, with help for whoever asks', async () => {
      const beforeStart = () => cluster.kill();
      service = await startService({ backend, cluster, beforeStart, until: 'answers' });
      expectHonestRefusal(await service.raiseFlag());
      await expectHelpWithoutDatabase();
      expect((await service.get('/health/engine')).status).toBe(503);

      await cluster.startAgain();

      await expectCanaryTaken(10_000);
      await service.engineWell();
    });

    it('is not waited for when its connections are half-open', async () => {
      service = await startService({ backend, cluster, flakyDatabase: true });
      const { body } = await service.raiseFlag();
      await service.phones.expectPage('primary', { ref: body.case!.ref });
      service.databaseLine.freeze();
      const began = performance.now();
      expectHonestRefusal(await service.raiseFlag());
      expect(performance.now() - began).toBeLessThan(5_000);
      await expectHelpWithoutDatabase();

      service.databaseLine.pass();
      await service.passTime(60_000);

      await expectCanaryTaken(15_000);
      await service.phones.expectPage('backup', { deadlineMs: 15_000 });
      await service.engineWell(0, { deadlineMs: 15_000 });
    });

    it('is asked again with the same key when the answer to a commit is lost', async () => {
      service = await startService({ backend, cluster, flakyDatabase: true });
      const flag = aFlag();
      await lookedAhead(service);
      service.databaseLine.loseAnswerTo('COMMIT');
      const first = await service.raiseFlag(flag, { idempotencyKey: 'lost' });
      const again = await service.raiseFlag(flag, { idempotencyKey: 'lost' });

      expectHonestRefusal(first);
      expect(again.status).toBe(200);
      const stored = await service.sql<{ id: string }>('select id from flags');
      expect(stored).toEqual([{ id: again.body.flag.id }]);
      await service.phones.expectPage('primary', { ref: again.body.case!.ref });
    });
  });
});
