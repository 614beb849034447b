import { type DataSource, type EntityManager, QueryFailedError, type QueryRunner } from 'typeorm';
import type pg from 'pg';
import { databaseNow } from '../clock.js';
import type { Statement } from './statements.js';

/**
 * A transaction in as few round trips as it can be had: what nobody waits for travels with the next
 * question, and at the latest with the commit.
 */
export class Transaction {
  /** What made all that followed fail, where nobody waited for it. */
  failure: QueryFailedError | null = null;
  private readonly unwaited: Promise<unknown>[] = [];

  private constructor(
    private readonly runner: QueryRunner,
    private readonly client: pg.PoolClient,
    readonly now: Date,
  ) {}

  /** Begun, with the database's time; the connection is given back by `commit` or `rollBack`. */
  static async begin(dataSource: DataSource): Promise<Transaction> {
    const runner = dataSource.createQueryRunner();
    const client = await connected(runner);
    const begun = client.query('START TRANSACTION');
    Object.assign(runner, { isTransactionActive: true });
    try {
      const [now] = await Promise.all([databaseNow(runner.manager), begun]);
      return new Transaction(runner, client, now);
    } catch (error) {
      // It may have begun all the same: whoever has the connection next must not be inside of it.
      await client.query('ROLLBACK').catch(() => undefined);
      await runner.release();
      throw error;
    }
  }

  get db(): EntityManager {
    return this.runner.manager;
  }

  /** Sent now, answered before the commit; when it fails, so does the transaction. */
  write({ text, values }: Statement): void {
    const written = this.client.query(text, values).catch((error: unknown) => {
      this.failure ??= new QueryFailedError(text, values, error as Error);
      throw this.failure;
    });
    written.catch(() => undefined); // Told by the commit, or by whatever is asked next.
    this.unwaited.push(written);
  }

  async commit(): Promise<void> {
    // The server itself makes a rollback of it when any statement before it failed.
    const committed = this.client.query('COMMIT');
    try {
      await Promise.all(this.unwaited);
      const { command } = await committed;
      if (command !== 'COMMIT') throw new Error('The database rolled the transaction back.');
    } finally {
      await committed.catch(() => undefined);
      await this.end();
    }
  }

  async rollBack(): Promise<void> {
    try {
      await this.client.query('ROLLBACK');
    } finally {
      await this.end();
    }
  }

  private async end(): Promise<void> {
    Object.assign(this.runner, { isTransactionActive: false });
    await this.runner.release();
  }
}

async function connected(runner: QueryRunner): Promise<pg.PoolClient> {
  try {
    return (await runner.connect()) as pg.PoolClient;
  } catch (error) {
    await runner.release();
    throw error;
  }
}
