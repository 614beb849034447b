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
    const began = performance.now();
    this.anchor ??= { at: await this.wallClock(), elapsed: began };
    const reached = new Date(this.anchor.at.getTime() + (began - this.anchor.elapsed));
    await this.dataSource.query(
      'update clock set high_water = greatest(high_water, $1, clock_timestamp())',
      [reached],
    );
    this.raisedAt = began;
  }

  private async wallClock(): Promise<Date> {
    const [row] = await this.dataSource.query<[{ at: Date }]>(
      `select date_trunc('milliseconds', greatest(clock_timestamp(), high_water)) as at from clock`,
    );
    return row.at;
  }
}
