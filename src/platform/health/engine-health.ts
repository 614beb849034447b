import { Injectable } from '@nestjs/common';
import { SchemaVersion } from '../db/schema/schema-version.js';
import { EngineRoom } from '../queue/engine-room.js';
import { Sweeper } from '../queue/sweeper.js';

const sweepSilenceMaxMs = 3_000;

/** What keeps this process from moving cases forward. */
@Injectable()
export class EngineHealth {
  constructor(
    private readonly schema: SchemaVersion,
    private readonly sweeper: Sweeper,
    private readonly engineRoom: EngineRoom,
  ) {}

  /** Stable words; empty when all is well. */
  async reasons(): Promise<string[]> {
    const reasons: string[] = [];
    const { silentMs } = this.sweeper;
    if (silentMs === null || silentMs > sweepSilenceMaxMs) reasons.push('sweeper_silent');
    try {
      if ((await this.schema.pending()).length > 0) reasons.push('migration_pending');
    } catch {
      // Safe: being unable to ask is the answer.
      reasons.push('database_unreachable');
    }
    const queue = await this.engineRoom.queueTrouble();
    return queue === null ? reasons : [...reasons, queue];
  }
}
