import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { DataSource } from 'typeorm';

const retryMs = 500;

/** The connection to PostgreSQL: made when it answers, however late that is. */
@Injectable()
export class Database implements OnModuleDestroy {
  private readonly log = new Logger('database');
  private readonly stopped = new AbortController();
  private connecting: Promise<void> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Settles once connected or told to stop; the service listens and answers meanwhile. */
  connect(): Promise<void> {
    this.connecting ??= this.connectWithRetry();
    return this.connecting;
  }

  /** Runs once connected, however late; what fails then is only logged. */
  whenConnected(work: () => Promise<unknown>): void {
    this.connect()
      .then(() => (this.connected ? work() : undefined))
      .catch((error: unknown) => this.log.warn('warm_up.failed', { error: String(error) }));
  }

  get connected(): boolean {
    return this.dataSource.isInitialized;
  }

  onModuleDestroy(): void {
    this.stopped.abort();
  }

  private async connectWithRetry(): Promise<void> {
    while (!this.stopped.signal.aborted && !this.connected) {
      try {
        await this.dataSource.initialize();
        this.log.log('database.connected');
      } catch (error) {
        // Safe to go on: nothing has been promised yet, and every request says so with a 503.
        this.log.warn('database.unreachable', { code: (error as { code?: string }).code });
        await wait(retryMs, undefined, { signal: this.stopped.signal }).catch(() => undefined);
      }
    }
  }
}
