import { Injectable } from '@nestjs/common';
import { stringify } from 'yaml';
import { Audit } from '../audit/audit.service.js';
import { policyForm } from '../cases/policy.export.js';
import { SchedulesExport } from '../oncall/schedules/schedules.export.js';
import { UnitOfWork } from '../platform/db/unit-of-work.js';
import { programForm } from '../programs/programs.export.js';
import { Programs } from '../programs/programs.service.js';
import { StaffExport } from '../staff/profiles/staff.export.js';
import { UsageError } from './usage-error.js';

/** Writes a program as the file that `apply` takes: applied again, it changes nothing. */
@Injectable()
export class Export {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly programs: Programs,
    private readonly staff: StaffExport,
    private readonly schedules: SchedulesExport,
    private readonly audit: Audit,
  ) {}

  async of(programKey: string): Promise<string> {
    const program = await this.programs.byKey(programKey);
    if (program === null) throw new UsageError(`There is no program ${programKey}.`);
    return this.unitOfWork.run(async (tx) => {
      const { body } = await this.programs.policyInForce(tx, program.id);
      this.audit.record(tx, {
        stream: 'config',
        action: 'program.exported',
        actor: { type: 'operator' },
        subjectRef: program.id,
      });
      return stringify({
        program: programForm(program),
        policy: policyForm(body),
        staff: await this.staff.of(tx, program.id),
        schedules: await this.schedules.of(tx, program.id),
      });
    });
  }
}
