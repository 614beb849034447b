import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { StaffCases } from '../../cases/staff-cases.service.js';
import { Allow } from '../../platform/http/allow.js';
import { Documented } from '../../platform/http/reference/documented.js';
import { Caller } from '../../staff/caller.js';
import type { Person } from '../../staff/rules/permissions.js';
import { CaseFiles } from './case-file.service.js';

const CaseId = z.uuid();

const moment = z.iso.datetime().nullable();
const Things = z.array(z.looseObject({}));

/** Beside these it has what the list of cases says of each. */
const WholeCase = z.looseObject({
  id: z.uuid(),
  ref: z.string(),
  state: z.string(),
  acuity: z.string(),
  owner: z.uuid().nullable(),
  openedAt: moment,
  acknowledgedAt: moment,
  closedAt: moment,
  flags: Things.min(1),
  contacts: Things,
  dispositions: Things,
  followUps: Things,
  dispatches: Things,
  notes: Things,
  local: z.object({ country: z.string().nullable(), resources: Things.min(1) }),
});
const answers = {
  200: { description: 'The case and everything that is known of it', schema: WholeCase },
  404: { description: 'There is no such case in the programs of the caller' },
};

/** A whole case for programs: the same as the case page shows, read and recorded the same way. */
@Controller('v1/cases')
@Allow('clinician')
export class CaseFilesController {
  constructor(
    private readonly files: CaseFiles,
    private readonly cases: StaffCases,
  ) {}

  @Get(':id')
  @Documented({ answers })
  async one(@Caller() person: Person, @Param('id', { schema: CaseId }) id: string) {
    const { current, flags, file, history, notes, local } = await this.files.open(person, id);
    return { ...this.cases.view(current), ...file, flags, ...history, notes, local };
  }
}
