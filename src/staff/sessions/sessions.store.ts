import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

export interface SessionRow {
  id: string;
  staffId: string;
  tokenHash: Buffer;
  createdAt: Date;
  expiresAt: Date;
}

/** A session that still holds. */
export interface LiveSession {
  id: string;
  staffId: string;
  /** Nothing was done with it for longer than pages with participant data allow. */
  idle: boolean;
  /** Its last activity is old enough to be written again. */
  stale: boolean;
}

const staleMs = 60_000;

@Injectable()
export class SessionsStore {
  constructor(private readonly dataSource: DataSource) {}

  /** What of the same person has run out is cleared away. */
  async insert(db: EntityManager, row: SessionRow): Promise<void> {
    await db.query(`delete from staff_sessions where staff_id = $1 and expires_at <= $2`, [
      row.staffId,
      row.createdAt,
    ]);
    await db.query(
      `insert into staff_sessions
         (id, staff_id, token_hash, created_at, last_active_at, expires_at)
       values ($1, $2, $3, $4, $4, $5)`,
      [row.id, row.staffId, row.tokenHash, row.createdAt, row.expiresAt],
    );
  }

  async live(tokenHash: Buffer, idleMs: number): Promise<LiveSession | null> {
    const [row] = await this.dataSource.query<LiveSession[]>(
      `select id, staff_id as "staffId",
              last_active_at <= now - $2 * interval '1 ms' as idle,
              last_active_at <= now - $3 * interval '1 ms' as stale
         from staff_sessions, (select handrail_now() as now) as clock
        where token_hash = $1 and ended_at is null and expires_at > now`,
      [tokenHash, idleMs, staleMs],
    );
    return row ?? null;
  }

  touch(id: string): Promise<unknown> {
    return this.dataSource.query(
      `update staff_sessions set last_active_at = handrail_now() where id = $1`,
      [id],
    );
  }

  end(db: EntityManager, id: string, now: Date): Promise<unknown> {
    return db.query(`update staff_sessions set ended_at = $2 where id = $1 and ended_at is null`, [
      id,
      now,
    ]);
  }

  endAllOf(db: EntityManager, staffId: string, now: Date): Promise<unknown> {
    return db.query(
      `update staff_sessions set ended_at = $2 where staff_id = $1 and ended_at is null`,
      [staffId, now],
    );
  }
}
