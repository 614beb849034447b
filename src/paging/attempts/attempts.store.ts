import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { change, insertion } from '../../platform/db/statements.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { PageAttemptRow } from '../page-attempt.row.js';

const onTheLine = ['started', 'handed', 'answered'];

@Injectable()
export class AttemptsStore {
  constructor(private readonly dataSource: DataSource) {}

  of(db: EntityManager, pageId: string): Promise<PageAttemptRow[]> {
    return db.find(PageAttemptRow, { where: { pageId }, order: { startedAt: 'ASC' } });
  }

  byNonce(nonce: string, db?: EntityManager): Promise<PageAttemptRow | null> {
    return (db ?? this.dataSource.manager).findOneBy(PageAttemptRow, { nonce });
  }

  byLinkToken(linkTokenHash: Buffer): Promise<PageAttemptRow | null> {
    return this.dataSource.manager.findOneBy(PageAttemptRow, { linkTokenHash });
  }

  insert(tx: Tx, row: PageAttemptRow): void {
    tx.write(insertion('page_attempts', row));
  }

  update(tx: Tx, id: string, fields: Partial<PageAttemptRow>): void {
    tx.write(change('page_attempts', id, fields));
  }

  /** Until the commit nobody else may begin a call to this person. */
  async holdPhoneOf(db: EntityManager, staffId: string): Promise<void> {
    await db.query(`select pg_advisory_xact_lock(hashtextextended('phone:' || $1::text, 0))`, [
      staffId,
    ]);
  }

  /** Whether a call to this person may be ringing or talking now. */
  async isOnThePhone(db: EntityManager, staffId: string, now: Date): Promise<boolean> {
    const rows = await db.query<unknown[]>(
      `select from page_attempts where staff_id = $1 and channel = 'voice'
          and state = any ($2) and settled_at is null and deadline_at > $3 limit 1`,
      [staffId, onTheLine, now],
    );
    return rows.length > 0;
  }

  /** What is under way for these pages needs a look from now on; returns the ids of the calls. */
  async leaveBehind(db: EntityManager, pageIds: string[], now: Date): Promise<string[]> {
    const [rows] = await db.query<[{ id: string; channel: string }[], number]>(
      `update page_attempts
          set hang_up_at = case channel when 'voice' then $2 else deadline_at end
        where page_id = any ($1::uuid[]) and settled_at is null returning id, channel`,
      [pageIds, now],
    );
    return rows.filter(({ channel }) => channel === 'voice').map(({ id }) => id);
  }

  async lookAgain(db: EntityManager, id: string, at: Date): Promise<void> {
    await db.query(
      'update page_attempts set hang_up_at = $2 where id = $1 and settled_at is null',
      [id, at],
    );
  }

  /** Nothing is left to do but to hear that it has ended. */
  async awaitEnd(db: EntityManager, id: string): Promise<void> {
    await db.query(
      'update page_attempts set hang_up_at = deadline_at where id = $1 and settled_at is null',
      [id],
    );
  }

  async dueLeftBehind(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select id from page_attempts where hang_up_at <= (select handrail_now())
        order by hang_up_at limit $1`,
      [limit],
    );
    return rows.map((row) => row.id);
  }

  /** Null when it is not due, or another process is at it. */
  lockDueLeftBehind(db: EntityManager, id: string, now: Date): Promise<PageAttemptRow | null> {
    return db
      .createQueryBuilder(PageAttemptRow, 'a')
      .where('a.id = :id and a.hang_up_at <= :now', { id, now })
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getOne();
  }
}
