import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Programs } from '../../programs/programs.service.js';
import { Members } from '../../staff/profiles/members.service.js';
import { acceptedIn, type Coverage, coverageOf } from '../rules/coverage.js';
import type { Interval } from '../rules/schedule.js';
import { policiesOf } from '../rules/steps.js';
import { Schedules, type StoredSchedule } from '../schedules/schedules.service.js';
import { SchedulesStore } from '../schedules/schedules.store.js';

export interface CoverageFound {
  /** IANA zone of the program. */
  zone: string;
  coverage: Coverage;
  /** By id. */
  schedules: ReadonlyMap<string, StoredSchedule>;
}

/** How well a program is covered, as it is published now and by whom it has now. */
@Injectable()
export class ProgramCoverage {
  constructor(
    private readonly schedules: Schedules,
    private readonly store: SchedulesStore,
    private readonly programs: Programs,
    private readonly members: Members,
  ) {}

  async of(tx: Tx, programId: string, span: Interval): Promise<CoverageFound> {
    const program = await this.programs.byId(programId, tx);
    if (program === null) throw new Error(`There is no program ${programId}.`);
    const [rows, { body }, members] = await Promise.all([
      this.schedules.ofProgram(tx, programId),
      this.programs.policyInForce(tx, programId),
      this.members.of(tx, { programId, participantId: null }, false),
    ]);
    const keys = rows.map(({ key }) => key);
    const timelines = await this.schedules.timelines(tx, { programId, keys, span });
    const schedules = rows.map(async (row) => ({
      id: row.id,
      key: row.key,
      segments: timelines.get(row.key) ?? [],
      accepted: [
        ...acceptedIn(row.body, span),
        ...(await this.store.acceptedByOverrides(tx.db, row.id, span)),
      ],
    }));
    const { zone } = program;
    const { policies, sessionHours } = policiesOf(body);
    const coverage = coverageOf({
      span,
      facts: { zone, sessionHours, members },
      schedules: await Promise.all(schedules),
      policies,
    });
    return { zone, coverage, schedules: new Map(rows.map((row) => [row.id, row])) };
  }
}
