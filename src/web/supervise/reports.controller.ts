import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../../platform/http/allow.js';
import { Documented } from '../../platform/http/reference/documented.js';
import type { Program } from '../../programs/programs.service.js';
import { ResponseTimes, type ResponseTimesReport } from '../../reporting/response-times.service.js';
import { Caller } from '../../staff/caller.js';
import { Rights } from '../../staff/rights.service.js';
import type { Person } from '../../staff/rules/permissions.js';
import { type WorkloadReport, WorkloadReports } from './workload-report.service.js';

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const ReportQuery = z.object({
  program: z.string().max(40).optional(),
  from: moment.optional(),
  to: moment.optional(),
  groupBy: z.enum(['acuity', 'channel', 'language', 'hour']).optional(),
});

const ReportAnswer = z.looseObject({
  program: z.string().nullable(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  groupBy: z.string(),
  definitions: z.record(z.string(), z.string()),
  groups: z.array(
    z.looseObject({ key: z.string(), cases: z.int(), exhausted: z.int() }).describe('M1 to M6'),
  ),
});
const WorkloadQuery = z.strictObject({
  program: z.string().max(40),
  from: moment.optional(),
  to: moment.optional(),
});
const WorkloadAnswer = z.object({
  program: z.string(),
  zone: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  definitions: z.record(z.string(), z.string()),
  people: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      hours: z.number(),
      nights: z.int(),
      weekendHours: z.number(),
      holidays: z.int(),
      pages: z.int(),
      nightPages: z.int(),
    }),
  ),
});

const answers = {
  200: { description: 'The metrics, with what they mean', schema: ReportAnswer },
  400: { description: '`from` does not come before `to`, or by more than 366 days' },
};

@Controller('v1/reports')
@Allow('supervisor')
export class ReportsController {
  constructor(
    private readonly times: ResponseTimes,
    private readonly workloads: WorkloadReports,
    private readonly rights: Rights,
  ) {}

  /** Of the programs the caller supervises, or of the one stated. */
  @Get('response-times')
  @Documented({ answers })
  async responseTimes(
    @Caller() person: Person,
    @Query({ schema: ReportQuery }) { program: key, ...asked }: z.infer<typeof ReportQuery>,
  ): Promise<ResponseTimesReport & { program: string | null }> {
    const handler = 'ReportsController.responseTimes';
    const program = key === undefined ? null : await this.supervised(person, key, handler);
    const programIds =
      program === null ? this.rights.programsOf(person, 'supervisor') : [program.id];
    const report = await this.times.report({ ...asked, programIds });
    return { program: program?.key ?? null, ...report };
  }

  /** How evenly being on call is shared. Of the last 30 days by default, at most 400. */
  @Get('workload')
  @Documented({ answers: { 200: { description: 'By person', schema: WorkloadAnswer } } })
  async workload(
    @Caller() person: Person,
    @Query({ schema: WorkloadQuery }) { program: key, ...asked }: z.infer<typeof WorkloadQuery>,
  ): Promise<WorkloadReport> {
    const program = await this.supervised(person, key, 'ReportsController.workload');
    return this.workloads.of(program, asked);
  }

  private supervised(person: Person, key: string, handler: string): Promise<Program> {
    return this.rights.program(person, { key, permission: 'supervisor', handler });
  }
}
