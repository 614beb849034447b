import { Injectable } from '@nestjs/common';
import { type OpenAlarm, type OpenCase, OpenCasesStore } from './open-cases.store.js';
import { breachAt, byBreachRisk } from './rules/breach-risk.js';

export interface BoardCase extends OpenCase {
  breachAt: Date;
}

export interface BoardView {
  /** The server's time, by which every clock on the board runs. */
  now: Date;
  /** Most at risk first. */
  cases: BoardCase[];
}

/** The open cases of some programs, for whoever watches over them. */
@Injectable()
export class Board {
  constructor(private readonly store: OpenCasesStore) {}

  async view(programIds: readonly string[], staffId: string): Promise<BoardView> {
    const now = await this.store.now();
    const cases = await this.store.cases(programIds, staffId);
    const sorted = [...cases].sort(byBreachRisk);
    return { now, cases: sorted.map((one) => ({ ...one, breachAt: breachAt(one) })) };
  }

  /** Oldest first. */
  alarms(programIds: readonly string[]): Promise<OpenAlarm[]> {
    return this.store.alarms(programIds);
  }
}
