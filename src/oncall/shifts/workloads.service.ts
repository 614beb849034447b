import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Programs } from '../../programs/programs.service.js';
import { nightHours } from '../rules/load/nights.js';
import { type Workload, workloads } from '../rules/load/workload.js';
import { shiftsOf } from '../rules/resolve.js';
import { spanOf } from '../span.js';
import { Schedules } from '../schedules/schedules.service.js';

const daysByDefault = 30;
const dayMs = 86_400_000;

export interface ProgramWorkload {
  /** IANA zone of the program. */
  zone: string;
  from: Date;
  to: Date;
  /** Local `HH:MM`, in which it is night. */
  night: typeof nightHours;
  people: Workload[];
}

/** Who was on call for how long on a program's schedules, as they were published at the time. */
@Injectable()
export class Workloads {
  constructor(
    private readonly schedules: Schedules,
    private readonly programs: Programs,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The last 30 days unless stated; 422 for an empty span or more than 400 days. */
  of(
    programId: string,
    asked: { from?: Date | undefined; to?: Date | undefined },
  ): Promise<ProgramWorkload> {
    return this.unitOfWork.run(async (tx) => {
      const to = asked.to ?? tx.now;
      const from = asked.from ?? new Date(to.getTime() - daysByDefault * dayMs);
      spanOf({ from: from.getTime(), to: to.getTime() }, tx.now);
      return this.within(tx, programId, { from, to });
    });
  }

  private async within(
    tx: Tx,
    programId: string,
    { from, to }: { from: Date; to: Date },
  ): Promise<ProgramWorkload> {
    const program = await this.programs.byId(programId, tx);
    if (program === null) throw new Error(`There is no program ${programId}.`);
    const rows = await this.schedules.ofProgram(tx, programId);
    const keys = rows.map(({ key }) => key);
    const span = { from: from.getTime(), to: to.getTime() };
    const timelines = await this.schedules.timelines(tx, { programId, keys, span });
    const worked = rows.map(({ key, body }) => ({
      zone: body.zone,
      holidays: body.holidays,
      shifts: shiftsOf(timelines.get(key) ?? []),
    }));
    const { zone } = program;
    return { zone, from, to, night: nightHours, people: workloads(zone, span, worked) };
  }
}
