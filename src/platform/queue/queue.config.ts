import { z } from 'zod';

export const queueEnv = z.object({
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
});

export type QueueBackend = { kind: 'redis'; url: string } | { kind: 'postgres'; url: string };

export class QueueConfig {
  constructor(
    readonly backend: QueueBackend,
    /** False in the `web` role: it rings, others answer. */
    readonly worksJobs: boolean,
  ) {}

  static from(
    env: z.infer<typeof queueEnv> & { DATABASE_URL: string },
    worksJobs: boolean,
  ): QueueConfig {
    const backend: QueueBackend = env.REDIS_URL
      ? { kind: 'redis', url: env.REDIS_URL }
      : { kind: 'postgres', url: env.DATABASE_URL };
    return Object.freeze(new QueueConfig(Object.freeze(backend), worksJobs));
  }
}
