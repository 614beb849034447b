import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { Database } from '../platform/db/database.js';
import { isInventedNumber } from '../programs/phone-number.js';
import { type Program, Programs } from '../programs/programs.service.js';
import { Resources } from '../resources/resources.service.js';

const firstLookMs = 3_000;
const retryMs = 1_000;

/** What must be true of a service before people in distress may rely on it. */
@Injectable()
export class ProductionGate {
  private readonly log = new Logger('production-gate');

  constructor(
    private readonly database: Database,
    private readonly programs: Programs,
    private readonly resources: Resources,
  ) {}

  /** A database that is away is waited for a moment only: what it holds is then judged later. */
  async hold(refuse: (problems: string[]) => void): Promise<void> {
    await Promise.race([this.look(refuse), wait(firstLookMs, undefined, { ref: false })]);
  }

  private async look(refuse: (problems: string[]) => void): Promise<void> {
    await this.database.connect();
    while (this.database.connected) {
      try {
        const problems = this.problemsOf(await this.programs.list());
        if (problems.length > 0) refuse(problems);
        return;
      } catch (error) {
        // Safe: a service that cannot read its programs takes no flag for any of them.
        this.log.warn('programs.unreadable', { error: (error as Error).name });
        await wait(retryMs, undefined, { ref: false });
      }
    }
  }

  /** What keeps these programs from taking flags in production; empty when nothing. */
  problemsOf(programs: readonly Program[]): string[] {
    const countries = [...new Set(programs.map(({ country }) => country))];
    return [
      ...programs.flatMap(({ key, liveAt, lines }) => [
        ...(liveAt === null ? [`program ${key}: has not passed its go-live gate`] : []),
        ...lines
          .filter(isInventedNumber)
          .map((line) => `program ${key}: ${line} is an invented number of the demo`),
      ]),
      ...this.resources.missingForProduction(countries).map((one) => `resources: ${one}`),
    ];
  }
}
