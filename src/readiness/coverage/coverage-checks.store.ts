import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

export interface CheckFigures {
  programKey: string;
  /** Null: never checked. */
  checkedAt: Date | null;
  gapMinutes: number | null;
  acceptedGapMinutes: number | null;
  thinMinutes: number | null;
  secondsSince: number;
}

export interface CheckDone {
  programId: string;
  /** As they were when the check began. */
  asks: number;
  checkedAt: Date;
  dueAt: Date;
  gapMinutes: number;
  acceptedGapMinutes: number;
  thinMinutes: number;
}

/** A program without a policy is not wholly there. */
const watched = `programs p left join coverage_checks c on c.program_id = p.id
  where exists (select from policies o where o.program_id = p.id)`;

@Injectable()
export class CoverageChecksStore {
  constructor(private readonly dataSource: DataSource) {}

  /** By program, the longest waiting first. */
  async dueIds(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select p.id from ${watched} and (c.due_at is null or c.due_at <= (select handrail_now()))
        order by c.due_at nulls first limit $1`,
      [limit],
    );
    return rows.map((row) => row.id);
  }

  /** How often it was asked for; null when it is not due, or being done by another process. */
  async claim(db: EntityManager, programId: string, now: Date): Promise<number | null> {
    const [lock] = await db.query<[{ isOurs: boolean }]>(
      `select pg_try_advisory_xact_lock(hashtextextended('coverage of ' || $1, 0)) as "isOurs"`,
      [programId],
    );
    if (!lock.isOurs) return null;
    const [row] = await db.query<{ asks: number }[]>(
      `select coalesce(c.asks, 0) as asks from ${watched} and p.id = $1
          and (c.due_at is null or c.due_at <= $2)`,
      [programId, now],
    );
    return row?.asks ?? null;
  }

  /** Due now; whoever is checking meanwhile will see that it has to be done again. */
  async ask(db: EntityManager, programId: string, now: Date): Promise<void> {
    await db.query(
      `insert into coverage_checks as c (program_id, asks, due_at) values ($1, 1, $2)
       on conflict (program_id) do update
         set asks = c.asks + 1, due_at = least(c.due_at, excluded.due_at)`,
      [programId, now],
    );
  }

  /** The last thing of its transaction: whoever asks holds the row, and other rows before it. */
  async finish(db: EntityManager, done: CheckDone): Promise<void> {
    await db.query(
      `insert into coverage_checks as c
         (program_id, asks, due_at, checked_at, gap_minutes, accepted_gap_minutes, thin_minutes)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (program_id) do update
         set due_at = case when c.asks = excluded.asks then excluded.due_at else c.due_at end,
             checked_at = excluded.checked_at, gap_minutes = excluded.gap_minutes,
             accepted_gap_minutes = excluded.accepted_gap_minutes,
             thin_minutes = excluded.thin_minutes`,
      [
        done.programId,
        done.asks,
        done.dueAt,
        done.checkedAt,
        done.gapMinutes,
        done.acceptedGapMinutes,
        done.thinMinutes,
      ],
    );
  }

  figures(): Promise<CheckFigures[]> {
    return this.dataSource.query(
      `select p.key as "programKey", c.checked_at as "checkedAt", c.gap_minutes as "gapMinutes",
              c.accepted_gap_minutes as "acceptedGapMinutes", c.thin_minutes as "thinMinutes",
              extract(epoch from handrail_now() - coalesce(c.checked_at, p.created_at))::float8
                as "secondsSince"
         from ${watched} order by p.key`,
    );
  }

  /** Whether a program has been due for longer than this. */
  async isOverdue(ms: number): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `select from ${watched} and coalesce(c.due_at, p.created_at)
                               < (select handrail_now()) - $1 * interval '1 ms' limit 1`,
      [ms],
    );
    return rows.length > 0;
  }
}
