import { describe } from '@jest/globals';
import { redisProgram } from './redis.js';

export type Backend = 'postgres' | 'redis';

/** Runs the rows once for each queue; where Redis is missing its rows are named and skipped. */
export function onBothBackends(rows: (backend: Backend) => void): void {
  describe('with the queue in PostgreSQL', () => rows('postgres'));
  if (redisProgram !== null) return describe('with the queue in Redis', () => rows('redis'));
  describe.skip('with the queue in Redis (no redis-server on this machine)', () => rows('redis'));
}

/** For rows that only Redis has. */
export function onRedis(rows: () => void): void {
  if (redisProgram !== null) return describe('Redis', rows);
  describe.skip('Redis (no redis-server on this machine)', rows);
}
