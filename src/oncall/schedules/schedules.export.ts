import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Staff } from '../../staff/staff.service.js';
import { OverridesApply } from '../overrides/overrides.apply.js';
import { peopleIn, renamed } from '../rules/members.js';
import { SwapsApply } from '../swaps/swaps.apply.js';
import { Schedules } from './schedules.service.js';

/** Schedules as a program's file writes them: applied again, they change nothing. */
@Injectable()
export class SchedulesExport {
  constructor(
    private readonly schedules: Schedules,
    private readonly overrides: OverridesApply,
    private readonly swaps: SwapsApply,
    private readonly staff: Staff,
  ) {}

  async of(tx: Tx, programId: string): Promise<object[]> {
    const rows = await this.schedules.ofProgram(tx, programId);
    const keys = await this.staff.keys(
      tx,
      rows.flatMap(({ body }) => peopleIn(body)),
    );
    const written: object[] = [];
    for (const row of rows) {
      const overrides = await this.overrides.written(tx, row);
      const swaps = await this.swaps.written(tx, row);
      written.push({
        key: row.key,
        name: row.name,
        ...renamed(row.body, (id) => keys.get(id) ?? id),
        ...(overrides.length > 0 && { overrides }),
        ...(swaps.length > 0 && { swaps }),
      });
    }
    return written;
  }
}
