import { BullRegistrar, getQueueToken } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { LazyModuleLoader, type ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { setTimeout as wait } from 'node:timers/promises';
import { Database } from '../db/database.js';
import { chooseBackendByConnection } from './connection.js';
import { QueueDoorbell } from './queue-doorbell.js';
import { QueueConfig } from './queue.config.js';
import { Sweeper } from './sweeper.js';
import { UrgentWorker, urgentQueue } from './urgent.worker.js';

const retryMs = 2_000;
const pingTimeoutMs = 1_000;

/** Starts the sweeper and the queue once the database answers, and drains both before the end. */
@Injectable()
export class EngineRoom implements BeforeApplicationShutdown {
  private readonly log = new Logger('engine');
  private readonly stopped = new AbortController();
  private queue: Queue | null = null;
  private worker: UrgentWorker | null = null;

  constructor(
    private readonly loader: LazyModuleLoader,
    private readonly database: Database,
    private readonly config: QueueConfig,
    private readonly doorbell: QueueDoorbell,
    private readonly sweeper: Sweeper,
  ) {}

  /** Returns at once; requests are answered meanwhile. */
  start(): void {
    this.database.whenConnected(async () => {
      this.sweeper.start();
      await this.hangBells();
    });
  }

  /** Nothing new is claimed, what runs is finished, then the database may go. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    this.doorbell.hangUp(null);
    await Promise.all([this.worker?.worker.close(), this.sweeper.stop()]);
  }

  /** A stable word for what is wrong with the queue; null when nothing is. */
  async queueTrouble(): Promise<'queue_unreachable' | 'queue_may_evict' | null> {
    const { queue } = this;
    if (queue === null) return 'queue_unreachable';
    const asking = mayEvict(queue, this.config.backend).then(
      (evicts) => (evicts ? ('queue_may_evict' as const) : null),
      () => 'queue_unreachable' as const,
    );
    return Promise.race([asking, wait(pingTimeoutMs, 'queue_unreachable' as const)]);
  }

  private async hangBells(): Promise<void> {
    chooseBackendByConnection();
    const { BellsModule } = await import('./bells.module.js');
    while (!this.stopped.signal.aborted) {
      try {
        const bells = await this.loader.load(() => BellsModule.with(this.config.worksJobs));
        this.take(bells);
        this.log.log('queue.ready', { backend: this.config.backend.kind });
        return;
      } catch (error) {
        // Safe: without bells the sweeper does all the work, only a little later.
        this.log.warn('queue.unavailable', { error: String(error) });
        await wait(retryMs, undefined, { signal: this.stopped.signal }).catch(() => undefined);
      }
    }
  }

  private take(bells: ModuleRef): void {
    this.queue = bells.get<Queue>(getQueueToken(urgentQueue), { strict: false });
    this.queue.on('error', (error) => this.log.warn('queue.error', { error: error.name }));
    bells.get(BullRegistrar, { strict: false }).register();
    if (this.config.worksJobs) this.worker = bells.get(UrgentWorker, { strict: false });
    this.doorbell.hangUp(this.queue);
  }
}

/** A Redis that evicts keys loses bells without an error. Rejects when it does not answer. */
async function mayEvict(queue: Queue, { kind }: QueueConfig['backend']): Promise<boolean> {
  await queue.getJobCountByTypes('wait');
  if (kind !== 'redis') return false;
  const client = await queue.getBackend().client;
  return /maxmemory_policy:(?!noeviction)/.test(await client.info());
}
