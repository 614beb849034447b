import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../platform/http/allow.js';
import { Rejection } from '../platform/http/rejection.js';
import { Programs } from '../programs/programs.service.js';
import { Caller } from '../staff/caller.js';
import type { Person } from '../staff/rules/permissions.js';
import { Staff } from '../staff/staff.service.js';
import { caseView } from './case-view.js';
import { caseStates } from './rules/case.js';
import { StaffCases } from './staff-cases.service.js';

const CaseId = z.uuid();
const CaseList = z.object({
  state: z.enum(caseStates).optional(),
  program: z.string().max(40).optional(),
});

@Controller('v1/cases')
@Allow('clinician')
export class CasesController {
  constructor(
    private readonly cases: StaffCases,
    private readonly programs: Programs,
    private readonly staff: Staff,
  ) {}

  @Get()
  async list(
    @Caller() person: Person,
    @Query({ schema: CaseList }) query: z.infer<typeof CaseList>,
  ) {
    const program = query.program ? await this.programs.byKey(query.program) : null;
    if (query.program && !program) throw new Rejection('not_found', 'There is no such program.');
    const rows = await this.cases.list(person, query.state ?? null, program?.id ?? null);
    return { cases: rows.map(caseView) };
  }

  @Get(':id')
  async one(@Caller() person: Person, @Param('id', { schema: CaseId }) id: string) {
    return caseView(await this.cases.read(person, id, 'case'));
  }

  /** 201 when the caller now owns the case; 409 names who does. */
  @Post(':id/acknowledgements')
  @HttpCode(201)
  async acknowledge(@Caller() person: Person, @Param('id', { schema: CaseId }) id: string) {
    const { result, current } = await this.cases.acknowledge(person, id);
    if (result.outcome === 'taken' || result.outcome === 'already_yours') return caseView(current);
    if (result.outcome === 'over') {
      throw new Rejection('conflict', 'This case is no longer waiting for anybody.', 'not_open');
    }
    const names = await this.staff.names(current.ownerId ? [current.ownerId] : []);
    throw new Rejection('conflict', 'Somebody else has this case.', 'already_acknowledged', {
      owner: { id: current.ownerId, name: names.get(current.ownerId ?? '') ?? null },
      acknowledgedAt: current.acknowledgedAt?.toISOString() ?? null,
    });
  }
}
