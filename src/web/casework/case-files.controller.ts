import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { StaffCases } from '../../cases/staff-cases.service.js';
import { Allow } from '../../platform/http/allow.js';
import { Caller } from '../../staff/caller.js';
import type { Person } from '../../staff/rules/permissions.js';
import { CaseFiles } from './case-file.service.js';

const CaseId = z.uuid();

/** A whole case for programs: the same as the case page shows, read and recorded the same way. */
@Controller('v1/cases')
@Allow('clinician')
export class CaseFilesController {
  constructor(
    private readonly files: CaseFiles,
    private readonly cases: StaffCases,
  ) {}

  @Get(':id')
  async one(@Caller() person: Person, @Param('id', { schema: CaseId }) id: string) {
    const { current, flags, file, history, notes, local } = await this.files.open(person, id);
    return { ...this.cases.view(current), ...file, flags, ...history, notes, local };
  }
}
