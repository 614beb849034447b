import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { change, statement } from '../platform/db/statements.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { PageRow } from './page.row.js';

const live = ['queued', 'sending', 'sent'];
const answerable = [...live, 'settled'];

// A bell was rung for what has just become due: leave it a moment before sweeping it up.
const bellGraceMs = 150;

const pageIdByNonce = '(select page_id from page_attempts where nonce = $1)';

export interface PagesAbout {
  purpose: string;
  subjectId: string;
  staffId?: string;
}

@Injectable()
export class PagesStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Null when this person was paged on this occasion before, or has used this code. */
  async insert(db: EntityManager, row: PageRow): Promise<boolean> {
    const inserted = await db.query<unknown[]>(
      `insert into pages (id, purpose, subject_id, occasion, staff_id, state, content, priority,
                          code, queued_at, due_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict do nothing returning id`,
      [
        row.id,
        row.purpose,
        row.subjectId,
        row.occasion,
        row.staffId,
        row.state,
        JSON.stringify(row.content),
        row.priority,
        row.code,
        row.queuedAt,
        row.dueAt,
      ],
    );
    return inserted.length > 0;
  }

  exists(
    db: EntityManager,
    occasion: Pick<PageRow, 'purpose' | 'subjectId' | 'occasion' | 'staffId'>,
  ): Promise<boolean> {
    return db.existsBy(PageRow, { ...occasion });
  }

  byId(id: string, db: EntityManager = this.dataSource.manager): Promise<PageRow | null> {
    return db.findOneBy(PageRow, { id });
  }

  byCode(staffIds: string[], code: string): Promise<PageRow[]> {
    return this.dataSource.manager
      .createQueryBuilder(PageRow, 'p')
      .where('p.staff_id = any (:staffIds) and p.code = :code', { staffIds, code })
      .getMany();
  }

  async dueIds(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select id from pages
        where state = any ($1) and due_at <= (select handrail_now()) - $2 * interval '1 ms'
        order by priority, due_at limit $3`,
      [live, bellGraceMs, limit],
    );
    return rows.map((row) => row.id);
  }

  /** Null when it is not due, settled, withdrawn, or being worked on by another process. */
  claimable(db: EntityManager, id: string, now: Date): Promise<PageRow | null> {
    return db
      .createQueryBuilder(PageRow, 'p')
      .where('p.id = :id and p.state = any (:live) and p.due_at <= :now', { id, live, now })
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getOne();
  }

  lock(db: EntityManager, id: string): Promise<PageRow | null> {
    return db
      .createQueryBuilder(PageRow, 'p')
      .where('p.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  /** Whatever is asked from now on is answered when the page is locked. */
  hold(tx: Tx, id: string): void {
    tx.write(statement('select from pages where id = $1 for update', [id]));
  }

  /** The same for the page of the attempt with this nonce. */
  holdByNonce(tx: Tx, nonce: string): void {
    tx.write(statement(`select from pages where id = ${pageIdByNonce} for update`, [nonce]));
  }

  byNonce(db: EntityManager, nonce: string): Promise<PageRow | null> {
    return db
      .createQueryBuilder(PageRow, 'p')
      .where('p.id = (select a.page_id from page_attempts a where a.nonce = :nonce)', { nonce })
      .getOne();
  }

  update(tx: Tx, id: string, fields: Partial<PageRow>): void {
    tx.write(change('pages', id, fields));
  }

  /** Those of everybody, or of one person only. */
  async withdraw(
    db: EntityManager,
    { purpose, subjectId, staffId }: PagesAbout,
    now: Date,
  ): Promise<string[]> {
    const [rows] = await db.query<[{ id: string }[], number]>(
      `update pages set state = 'withdrawn', withdrawn_at = $3, due_at = null, lease_until = null
        where purpose = $1 and subject_id = $2 and state = any ($4)
          and ($5::uuid is null or staff_id = $5) returning id`,
      [purpose, subjectId, now, answerable, staffId ?? null],
    );
    return rows.map((row) => row.id);
  }

  /** Whether a page for the same person that goes before this one is due until then. */
  async hasMoreUrgent(db: EntityManager, page: PageRow, until: Date): Promise<boolean> {
    const rows = await db.query<unknown[]>(
      `select from pages where staff_id = $1 and id <> $2 and state = any ($3) and due_at <= $4
          and (priority < $5 or (priority = $5 and queued_at < $6)) limit 1`,
      [page.staffId, page.id, live, until, page.priority, page.queuedAt],
    );
    return rows.length > 0;
  }

  async hasLive(
    db: EntityManager,
    page: Pick<PageRow, 'purpose' | 'subjectId' | 'occasion'>,
  ): Promise<boolean> {
    const rows = await db.query<unknown[]>(
      `select from pages where purpose = $1 and subject_id = $2 and occasion = $3
          and state = any ($4) limit 1`,
      [page.purpose, page.subjectId, page.occasion, live],
    );
    return rows.length > 0;
  }
}
