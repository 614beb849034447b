import { createTestDatabase, type TestDatabase } from '../database.js';
import { type FlakyProxy, startFlakyProxy } from '../flaky-proxy.js';
import { type PhoneLab, startPhoneLab } from '../phone-lab.js';
import type { ServiceOptions } from '../service.js';
import { ourNumber } from '../provider/telephony.js';
import type { Cleaning } from './cleaning.js';
import { fixedEnvironment } from './environment.js';
import { contentOf, type TestProgram } from './program.js';
import { Redis } from '../queue/redis.js';
import { Tables } from './tables.js';

/** What stands around the processes of a service. */
export interface Surroundings {
  database: TestDatabase;
  tables: Tables;
  redis: Redis | null;
  lab: PhoneLab;
  databaseLine: FlakyProxy | null;
  redisLine: FlakyProxy | null;
  /** How the processes are told of all this. */
  env: Record<string, string>;
}

/** Opens everything but the processes, which the outside will find at `url`. */
export async function openSurroundings(
  options: ServiceOptions,
  program: TestProgram,
  url: string,
  cleaning: Cleaning,
): Promise<Surroundings> {
  const { cluster, backend, flakyDatabase = false, flakyRedis = false } = options;
  const content = contentOf(program);
  const database = await createTestDatabase({ content, ...(cluster && { cluster }) });
  cleaning.later(() => database.drop());
  const tables = new Tables(database.superuserUrl);
  cleaning.later(() => tables.close());
  const redis = backend === 'redis' ? await openRedis(options, cleaning) : null;
  const lab = await openLab(program, url, cleaning);
  const address = new URL(database.appUrl);
  const databaseLine = flakyDatabase ? await openLine(Number(address.port), cleaning) : null;
  const redisLine = flakyRedis && redis ? await openLine(redis.port, cleaning) : null;
  if (databaseLine) address.port = String(databaseLine.port);
  const redisPort = redisLine?.port ?? redis?.port;
  const env = {
    ...fixedEnvironment(),
    DATABASE_URL: address.href,
    TWILIO_API_BASE_URL: lab.url,
    PUBLIC_BASE_URL: url,
    ...(redisPort !== undefined && { REDIS_URL: `redis://127.0.0.1:${redisPort}` }),
  };
  return { database, tables, redis, lab, databaseLine, redisLine, env };
}

async function openRedis({ redisRuns }: ServiceOptions, cleaning: Cleaning): Promise<Redis> {
  const redis = await Redis.prepare();
  cleaning.later(() => redis.discard());
  if (redisRuns !== false) await redis.start();
  return redis;
}

async function openLab(program: TestProgram, url: string, cleaning: Cleaning): Promise<PhoneLab> {
  const lab = await startPhoneLab();
  cleaning.later(() => lab.stop());
  const smsUrl = `${url}/webhooks/twilio/messages`;
  const voiceUrl = `${url}/webhooks/twilio/calls`;
  for (const line of [ourNumber, program.line]) await lab.line(line, { smsUrl, voiceUrl });
  return lab;
}

async function openLine(port: number, cleaning: Cleaning): Promise<FlakyProxy> {
  const line = await startFlakyProxy(() => port);
  cleaning.later(() => line.close());
  return line;
}
