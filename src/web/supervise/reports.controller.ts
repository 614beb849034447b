import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../../platform/http/allow.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Programs } from '../../programs/programs.service.js';
import { ResponseTimes, type ResponseTimesReport } from '../../reporting/response-times.service.js';
import { Caller } from '../../staff/caller.js';
import { Rights } from '../../staff/rights.service.js';
import type { Person } from '../../staff/rules/permissions.js';

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const ReportQuery = z.object({
  program: z.string().max(40).optional(),
  from: moment.optional(),
  to: moment.optional(),
  groupBy: z.enum(['acuity', 'channel', 'language', 'hour']).optional(),
});

@Controller('v1/reports')
@Allow('supervisor')
export class ReportsController {
  constructor(
    private readonly times: ResponseTimes,
    private readonly programs: Programs,
    private readonly rights: Rights,
  ) {}

  /** Of the programs the caller supervises, or of the one stated. */
  @Get('response-times')
  async responseTimes(
    @Caller() person: Person,
    @Query({ schema: ReportQuery }) { program: key, ...asked }: z.infer<typeof ReportQuery>,
  ): Promise<ResponseTimesReport & { program: string | null }> {
    const supervised = this.rights.programsOf(person, 'supervisor');
    const program = key === undefined ? null : await this.programs.byKey(key);
    if (key !== undefined && (program === null || !supervised.includes(program.id))) {
      throw new Rejection('not_found', 'There is no such program.');
    }
    const programIds = program === null ? supervised : [program.id];
    const report = await this.times.report({ ...asked, programIds });
    return { program: program?.key ?? null, ...report };
  }
}
