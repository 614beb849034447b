import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Doorbell, type Ring } from '../queue/doorbell.js';
import { Gate } from './gate.js';
import type { Statement } from './statements.js';
import { Transaction } from './transaction.js';

/** One transaction for one thing that happened: what is written through `db` commits together. */
export interface Tx {
  readonly db: EntityManager;
  /** The database's time when the transaction began its work, in whole milliseconds. */
  readonly now: Date;
  /** Waited for by nobody but the commit; what is asked afterwards sees it. */
  write(statement: Statement): void;
  /** Rings the doorbell after the commit; a lost ring costs one sweep. */
  ring(ring: Ring): void;
  /** Runs as the last statements of the transaction, once per key. */
  beforeCommit(key: object, work: () => Promise<void>): void;
  /** Runs when nothing of this stands, in a transaction of its own, such as the record of why. */
  ifRolledBack(work: () => Promise<unknown>): void;
}

/** Of the pool's connections; the rest is for requests. */
const backgroundMax = 6;

@Injectable()
export class UnitOfWork {
  private readonly background = new Gate(backgroundMax);

  constructor(
    private readonly dataSource: DataSource,
    private readonly doorbell: Doorbell,
  ) {}

  /** The committed row with its `due_at` is the outbox: nobody waits for the doorbell. */
  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const rings: Ring[] = [];
    const last = new Map<object, () => Promise<void>>();
    const afterwards: (() => Promise<unknown>)[] = [];
    const transaction = await Transaction.begin(this.dataSource);
    const tx: Tx = {
      db: transaction.db,
      now: transaction.now,
      write: (statement) => transaction.write(statement),
      ring: (ring) => rings.push(ring),
      beforeCommit: (key, task) => void last.set(key, task),
      ifRolledBack: (task) => void afterwards.push(task),
    };
    const result = await this.orRollBack(transaction, afterwards, async () => {
      const value = await work(tx);
      for (const task of last.values()) await task();
      return value;
    });
    await transaction.commit();
    this.doorbell.ringAll(rings);
    return result;
  }

  private async orRollBack<T>(
    transaction: Transaction,
    afterwards: readonly (() => Promise<unknown>)[],
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      // A connection that is gone has rolled back by itself: the first failure tells more.
      await transaction.rollBack().catch(() => undefined);
      for (const task of afterwards) await task();
      throw transaction.failure ?? error;
    }
  }

  /** For what nobody waits for: it never takes the connections that people in distress need. */
  runInBackground<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.background.pass(() => this.run(work));
  }

  /** Reads outside any transaction, for questions that change nothing and are not audited. */
  get reader(): EntityManager {
    return this.dataSource.manager;
  }
}
