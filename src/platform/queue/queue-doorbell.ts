import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { Doorbell, type Ring } from './doorbell.js';

const ringTimeoutMs = 500;
const silenceAfterFailureMs = 1_000;

@Injectable()
export class QueueDoorbell extends Doorbell {
  private readonly log = new Logger('doorbell');
  private queue: Queue | null = null;
  private silentUntil = 0;

  /** Until a queue is hung up, and after it is taken down, rings are left to the sweeper. */
  hangUp(queue: Queue | null): void {
    this.queue = queue;
  }

  override ringAll(rings: readonly Ring[]): void {
    if (rings.length === 0 || this.queue === null || performance.now() < this.silentUntil) return;
    const { queue } = this;
    // One by one: adding in bulk wants a sequence, which the runtime role may not create.
    const adding = Promise.all(
      rings.map(({ job, id, priority }) =>
        queue.add(
          job,
          { id },
          // A fresh id each time: a kept one would swallow later rings for the same row.
          { jobId: randomUUID(), priority, removeOnComplete: true, removeOnFail: true },
        ),
      ),
    );
    let timer: NodeJS.Timeout;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('doorbell timed out')), ringTimeoutMs);
    });
    void Promise.race([adding, tooLong])
      .catch((error: unknown) => this.fallSilent(error))
      .finally(() => clearTimeout(timer));
    // The race has an answer already; a late failure of the add itself changes nothing.
    adding.catch(() => undefined);
  }

  private fallSilent(error: unknown): void {
    // Safe: the rows are committed and due, the sweeper finds them within its interval.
    this.silentUntil = performance.now() + silenceAfterFailureMs;
    const { name, code } = (error ?? {}) as { name?: string; code?: string };
    this.log.warn('doorbell.failed', { error: name, code });
  }
}
