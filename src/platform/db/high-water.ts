import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const raiseEveryMs = 1_000;

/** Keeps `handrail_now()` from ever running backwards, by this process's monotonic time. */
@Injectable()
export class HighWater {
  private anchor: { at: Date; elapsed: number } | null = null;
  private raisedAt = -Infinity;

  constructor(private readonly dataSource: DataSource) {}

  async raise(): Promise<void> {
    if (performance.now() - this.raisedAt < raiseEveryMs) return;
    this.anchor ??= await this.newAnchor();
    const now = performance.now();
    const reached = new Date(this.anchor.at.getTime() + (now - this.anchor.elapsed));
    await this.dataSource.query(
      'update clock set high_water = greatest(high_water, $1, clock_timestamp())',
      [reached],
    );
    this.raisedAt = now;
  }

  /** The moment after the answer stands for the time in it: behind by its way, never ahead. */
  private async newAnchor(): Promise<{ at: Date; elapsed: number }> {
    const at = await this.wallClock();
    return { at, elapsed: performance.now() };
  }

  private async wallClock(): Promise<Date> {
    const [row] = await this.dataSource.query<[{ at: Date }]>(
      `select date_trunc('milliseconds', greatest(clock_timestamp(), high_water)) as at from clock`,
    );
    return row.at;
  }
}
