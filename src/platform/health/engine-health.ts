import { Injectable } from '@nestjs/common';
import { Database } from '../db/database.js';
import { EngineRoom } from '../queue/engine-room.js';
import { Sweeper } from '../queue/sweeper.js';

const sweepSilenceMaxMs = 3_000;

/** What keeps this process from moving cases forward. */
@Injectable()
export class EngineHealth {
  constructor(
    private readonly database: Database,
    private readonly sweeper: Sweeper,
    private readonly engineRoom: EngineRoom,
  ) {}

  /** Stable words; empty when all is well. */
  async reasons(): Promise<string[]> {
    const reasons: string[] = [];
    const { silentMs } = this.sweeper;
    if (silentMs === null || silentMs > sweepSilenceMaxMs) reasons.push('sweeper_silent');
    try {
      await this.database.ping();
    } catch {
      // Safe: being unable to ask is the answer.
      reasons.push('database_unreachable');
    }
    if (!(await this.engineRoom.queueAnswers())) reasons.push('queue_unreachable');
    return reasons;
  }
}
