import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

@Injectable()
export class ShiftPlansStore {
  constructor(private readonly dataSource: DataSource) {}

  /** It is due now, and whatever happened from now on is not seen yet. */
  async ask(db: EntityManager, programId: string, now: Date): Promise<void> {
    await db.query(
      `insert into shift_plans (program_id, due_at) values ($1, $2)
       on conflict (program_id) do update
         set due_at = least(shift_plans.due_at, $2),
             planned_at = least(shift_plans.planned_at, $2)`,
      [programId, now],
    );
  }

  /** Null when it is not due, or another process is at it; else until when shifts were seen. */
  async claim(
    db: EntityManager,
    programId: string,
    now: Date,
  ): Promise<{ plannedAt: Date | null } | null> {
    const [row] = await db.query<{ plannedAt: Date | null }[]>(
      `select planned_at as "plannedAt" from shift_plans
        where program_id = $1 and due_at <= $2 for update skip locked`,
      [programId, now],
    );
    return row ?? null;
  }

  /** Whoever changes a watch waits here for whoever plans. */
  async hold(db: EntityManager, programId: string): Promise<void> {
    await db.query('select from shift_plans where program_id = $1 for update', [programId]);
  }

  async finish(
    db: EntityManager,
    programId: string,
    { plannedAt, dueAt }: { plannedAt: Date; dueAt: Date },
  ): Promise<void> {
    await db.query('update shift_plans set planned_at = $2, due_at = $3 where program_id = $1', [
      programId,
      plannedAt,
      dueAt,
    ]);
  }

  async dueIds(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select program_id as id from shift_plans where due_at <= (select handrail_now())
        order by due_at limit $1`,
      [limit],
    );
    return rows.map((row) => row.id);
  }
}
