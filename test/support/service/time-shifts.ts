import pg from 'pg';

/** The service's clock was moved from `before` on by `ms`. */
export interface TimeShift {
  before: Date;
  ms: number;
}

/** Moves the one clock of a service, and remembers it for whoever compares its times with ours. */
export class TimeShifts {
  readonly all: TimeShift[] = [];

  constructor(private readonly adminUrl: string) {}

  async pass(ms: number): Promise<void> {
    const client = new pg.Client({ connectionString: this.adminUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{ now: Date }>('select handrail_now() as now');
      await client.query(`update clock set test_offset = test_offset + $1 * interval '1 ms'`, [ms]);
      this.all.push({ before: rows[0]!.now, ms });
    } finally {
      await client.end();
    }
  }

  /** A moment of the service as the clock on the wall showed it, in milliseconds. */
  onTheWall(at: Date): number {
    const passed = this.all.filter(({ before, ms }) => at.getTime() > before.getTime() + ms / 2);
    return at.getTime() - passed.reduce((sum, { ms }) => sum + ms, 0);
  }

  /** Milliseconds that really went by between two moments of the service. */
  between(from: Date, to: Date): number {
    return this.onTheWall(to) - this.onTheWall(from);
  }

  /** Milliseconds by which something due came late, leaving out what was jumped over. */
  lateness(due: Date, came: Date): number {
    const skipped = this.all.map(({ before, ms }) => {
      const from = Math.max(due.getTime(), before.getTime());
      return Math.max(0, Math.min(came.getTime(), before.getTime() + ms) - from);
    });
    return came.getTime() - due.getTime() - skipped.reduce((sum, ms) => sum + ms, 0);
  }
}
