import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { redisProgram } from '../../support/queue/redis.js';
import { type Service, startService } from '../../support/service.js';
import { metricsToken } from '../../support/service/environment.js';
import { request } from '../../support/service/requests.js';

const itWithRedis = redisProgram === null ? it.skip : it;

let service: Service;

beforeAll(async () => {
  const backend = redisProgram === null ? 'postgres' : 'redis';
  service = await startService({ backend, flakyDatabase: true });
});

afterEach(() => service.engineWell(0, { deadlineMs: 20_000 }));

afterAll(() => service.stop());

/** Waits until the engine fails for exactly these reasons, and returns what it said. */
async function failing(...reasons: string[]): Promise<Record<string, unknown>> {
  return service.eventually(
    async () => {
      const { status, body } = await service.get('/health/engine');
      expect({ status, reasons: body['reasons'] }).toEqual({ status: 503, reasons });
      return body;
    },
    { deadlineMs: 15_000, what: reasons.join() },
  );
}

/** Of the sweep, as the metrics name them. */
async function everyLoop(): Promise<string[]> {
  const { body } = await request<string>(`${service.url}/metrics`, {
    method: 'GET',
    headers: { authorization: `Bearer ${metricsToken}` },
  });
  const named = body.matchAll(/^handrail_sweeper_silence_seconds\{loop="([^"]+)"\}/gm);
  return [...named].map(([, loop]) => loop!).toSorted();
}

describe('/health/engine', () => {
  it('is well when all is well, like the process and whether it answers', async () => {
    for (const [path, body] of [
      ['/health/engine', { status: 'ok', reasons: [], silent: [] }],
      ['/health/live', { status: 'ok' }],
      ['/health/ready', { status: 'ok' }],
    ] as const) {
      const answer = await service.get(path);
      expect({ path, status: answer.status, body: answer.body }).toEqual({
        path,
        status: 200,
        body,
      });
    }
  });

  it('names the one loop that is stuck while all others go on', async () => {
    const client = new pg.Client({ connectionString: service.database.superuserUrl });
    await client.connect();
    try {
      await client.query('begin; lock table alarms in access exclusive mode');

      const body = await failing('sweeper_silent');

      expect(body['silent']).toEqual(['repeat-alarm']);
    } finally {
      await client.end();
    }
  });

  it('says that a migration is pending', async () => {
    const [row] = await service.sql<{ name: string }>(
      'select name from schema_migrations order by name desc limit 1',
    );
    await service.sql('update schema_migrations set name = $2 where name = $1', [
      row!.name,
      'none',
    ]);
    try {
      expect(await failing('migration_pending')).toMatchObject({ silent: [] });
    } finally {
      await service.sql('update schema_migrations set name = $1 where name = $2', [
        row!.name,
        'none',
      ]);
    }
  });

  it('says that nobody has looked for gaps for more than two hours', async () => {
    const client = new pg.Client({ connectionString: service.database.superuserUrl });
    await client.connect();
    try {
      // As if another process had begun to check this program and never came to an end.
      await client.query(
        `select pg_advisory_lock(hashtextextended('coverage of ' || id, 0)) from programs`,
      );
      const overdue = (ms: number) =>
        service.sql(`update coverage_checks set due_at = handrail_now() - $1 * interval '1 ms'`, [
          ms,
        ]);
      await overdue(2 * 3_600_000 - 60_000);
      expect((await service.get('/health/engine')).status).toBe(200);
      await overdue(2 * 3_600_000 + 1_000);
      expect(await failing('coverage_check_overdue')).toMatchObject({ silent: [] });
    } finally {
      await client.end();
    }
  });

  itWithRedis('says that Redis may lose bells', async () => {
    await service.redis!.evict('allkeys-lru');
    try {
      await failing('queue_may_evict');
    } finally {
      await service.redis!.evict('noeviction');
    }
  });

  it('says that the database is away, and stays ready meanwhile', async () => {
    const loops = await everyLoop();
    service.databaseLine.cut(true);
    try {
      const queue = redisProgram === null ? ['queue_unreachable'] : [];
      await service.eventually(async () => {
        const body = await failing('sweeper_silent', 'database_unreachable', ...queue);
        expect((body['silent'] as string[]).toSorted()).toEqual(loops);
        return true;
      });
      for (const path of ['/health/live', '/health/ready']) {
        expect((await service.get(path)).status).toBe(200);
      }
    } finally {
      service.databaseLine.cut();
    }
  });
});
