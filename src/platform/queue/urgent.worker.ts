import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job as QueuedJob } from 'bullmq';
import type { JobName } from './doorbell.js';
import { Jobs } from './jobs.js';

export const urgentQueue = 'urgent';

// A crashed worker's job is picked up after seconds and never given up; our own lease and sweeper
// would repeat it anyway.
@Processor(urgentQueue, {
  concurrency: 8,
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
})
export class UrgentWorker extends WorkerHost {
  private readonly log = new Logger('worker');

  constructor(private readonly jobs: Jobs) {
    super();
  }

  override async process(job: QueuedJob<{ id: string }, void, JobName>): Promise<void> {
    await this.jobs.table[job.name].handle(job.data.id);
  }

  @OnWorkerEvent('failed')
  onFailed(job: QueuedJob | undefined, error: Error): void {
    this.log.warn('job.failed', { job: job?.name, id: (job?.data as { id?: string })?.id, error });
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.log.warn('queue.unreachable', { error: error.name });
  }
}
