import { Injectable } from '@nestjs/common';
import { SchemaVersion } from '../db/schema/schema-version.js';
import { EngineRoom } from '../queue/engine-room.js';
import { Sweeper } from '../queue/sweeper.js';

const sweepSilenceMaxMs = 3_000;

export interface EngineTrouble {
  /** Stable words; empty when all is well. */
  reasons: string[];
  /** The loops behind `sweeper_silent`, the longest silent one first. */
  silent: string[];
}

/** What keeps this process from moving cases forward. */
@Injectable()
export class EngineHealth {
  private readonly watches = new Map<string, () => Promise<boolean>>();

  constructor(
    private readonly schema: SchemaVersion,
    private readonly sweeper: Sweeper,
    private readonly engineRoom: EngineRoom,
  ) {}

  /** Rooms say what else has to move; `reason` is a stable word. */
  watch(reason: string, fails: () => Promise<boolean>): void {
    this.watches.set(reason, fails);
  }

  async trouble(): Promise<EngineTrouble> {
    const reasons: string[] = [];
    const silent = this.silentLoops();
    if (silent.length > 0) reasons.push('sweeper_silent');
    try {
      if ((await this.schema.pending()).length > 0) reasons.push('migration_pending');
      else reasons.push(...(await this.failingWatches()));
    } catch {
      // Safe: being unable to ask is the answer.
      reasons.push('database_unreachable');
    }
    const queue = await this.engineRoom.queueTrouble();
    return { reasons: queue === null ? reasons : [...reasons, queue], silent };
  }

  private async failingWatches(): Promise<string[]> {
    const found: string[] = [];
    for (const [reason, fails] of this.watches) if (await fails()) found.push(reason);
    return found;
  }

  /** One that hangs does not hide behind the others. */
  private silentLoops(): string[] {
    return [...this.sweeper.silencesMs]
      .filter(([, silenceMs]) => silenceMs > sweepSilenceMaxMs)
      .toSorted(([, one], [, other]) => other - one)
      .map(([name]) => name);
  }
}
