import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Staff } from '../../staff/staff.service.js';
import { peopleIn, renamed } from '../rules/members.js';
import { Schedules } from './schedules.service.js';

/** Schedules as a program's file writes them: applied again, they change nothing. */
@Injectable()
export class SchedulesExport {
  constructor(
    private readonly schedules: Schedules,
    private readonly staff: Staff,
  ) {}

  async of(tx: Tx, programId: string): Promise<object[]> {
    const rows = await this.schedules.ofProgram(tx, programId);
    const keys = await this.staff.keys(
      tx,
      rows.flatMap(({ body }) => peopleIn(body)),
    );
    return rows.map(({ key, name, body }) => ({
      key,
      name,
      ...renamed(body, (id) => keys.get(id) ?? id),
    }));
  }
}
