import { Injectable, Logger } from '@nestjs/common';
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { HighWater } from '../db/high-water.js';
import type { JobName } from './doorbell.js';
import { Jobs } from './jobs.js';

const intervalMs = 250;
const patientIntervalMs = 1_000;
const batchMax = 16;
const concurrencyMax = 8;
/** The loop that keeps the clock from running backwards. */
const clockLoop = 'clock';

/**
 * Finds every row that is due, whatever became of its bell. A plain timer over PostgreSQL, in every
 * process: a safety net must not hang from what it backs up.
 */
@Injectable()
export class Sweeper {
  private readonly log = new Logger('sweeper');
  private readonly stopped = new AbortController();
  private readonly loops: Promise<void>[] = [];
  private readonly sweptAt = new Map<string, number>();

  constructor(
    private readonly jobs: Jobs,
    private readonly highWater: HighWater,
  ) {}

  start(): void {
    setMaxListeners(this.jobNames.length + 1, this.stopped.signal);
    for (const name of this.jobNames) {
      const everyMs = this.jobs.table[name].isPatient ? patientIntervalMs : intervalMs;
      this.loops.push(this.loop(() => this.sweep(name), everyMs));
    }
    this.loops.push(this.loop(() => this.raiseHighWater(), intervalMs));
  }

  /** Resolves when nothing it began is still running. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.loops);
  }

  /** Milliseconds since each loop last came on with its work; infinite before it ever did. */
  get silencesMs(): Map<string, number> {
    const now = performance.now();
    const since = (name: string): number => now - (this.sweptAt.get(name) ?? -Infinity);
    return new Map([...this.jobNames, clockLoop].map((name) => [name, since(name)]));
  }

  private get jobNames(): JobName[] {
    return Object.keys(this.jobs.table) as JobName[];
  }

  private async raiseHighWater(): Promise<void> {
    await this.highWater.raise();
    this.sweptAt.set(clockLoop, performance.now());
  }

  private async loop(pass: () => Promise<void>, everyMs: number): Promise<void> {
    while (!this.stopped.signal.aborted) {
      try {
        await pass();
      } catch (error) {
        // Safe: what was due stays due, and the next pass comes in a moment.
        this.log.warn('sweeper.pass_failed', { error: String(error) });
      }
      await wait(everyMs, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }

  private async sweep(name: JobName): Promise<void> {
    const job = this.jobs.table[name];
    for (;;) {
      const ids = await job.due(batchMax);
      this.sweptAt.set(name, performance.now());
      const waiting = ids.values();
      const lane = async (): Promise<void> => {
        for (const id of waiting) {
          if (this.stopped.signal.aborted) return;
          await this.handle(name, id);
          this.sweptAt.set(name, performance.now());
        }
      };
      await Promise.all(Array.from({ length: concurrencyMax }, lane));
      if (ids.length < batchMax || this.stopped.signal.aborted) return;
    }
  }

  private async handle(name: JobName, id: string): Promise<void> {
    try {
      await this.jobs.table[name].handle(id);
    } catch (error) {
      // Safe: one row's trouble must not keep the others waiting; it stays due.
      this.log.error('sweeper.job_failed', { job: name, id, error: String(error) });
    }
  }
}
