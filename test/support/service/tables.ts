import pg from 'pg';
import type { Ask } from '../invariants/evidence.js';

export interface CaseEvent {
  seq: number;
  at: Date;
  action: string;
  actor: { type: string; id: string | null };
  body: Record<string, unknown>;
}

/** The tables of a service as the superuser sees them, on connections of the test's own. */
export class Tables {
  private readonly pool: pg.Pool;

  constructor(superuserUrl: string) {
    this.pool = new pg.Pool({ connectionString: superuserUrl, max: 3 });
    this.pool.on('error', () => undefined); // The server may be killed: the next query says so.
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  async sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, values)).rows;
  }

  /** Many questions about one and the same moment. */
  async inSnapshot<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('begin isolation level repeatable read read only');
      const asked = await work(async <Row>(text: string, values?: unknown[]) => {
        const { rows } = await client.query(text, values);
        return rows as Row[];
      });
      await client.query('commit');
      return asked;
    } finally {
      client.release();
    }
  }

  /** What happened to a case, in order. */
  async auditOf(caseId: string): Promise<CaseEvent[]> {
    const rows = await this.sql<CaseEvent & { actorType: string; actorId: string; text: string }>(
      `select seq::int as seq, at, action, actor_type as "actorType", actor_id as "actorId",
              body as text from audit.audit_events where stream = $1 order by seq`,
      [`case:${caseId}`],
    );
    return rows.map(({ seq, at, action, actorType, actorId, text }) => {
      const actor = { type: actorType, id: actorId };
      return { seq, at, action, actor, body: JSON.parse(text) as CaseEvent['body'] };
    });
  }

  /** Every job of every queue that is kept here. */
  async deleteJobs(): Promise<void> {
    const tables = await this.sql<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname = 'bullmq' and tablename not like '%migration%'`,
    );
    for (const { name } of tables) await this.sql(`delete from ${name}`);
  }
}
