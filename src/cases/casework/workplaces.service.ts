import { Injectable } from '@nestjs/common';
import { inTime } from '../../platform/db/in-time.js';
import { Programs } from '../../programs/programs.service.js';
import { Staff } from '../../staff/staff.service.js';

/** How long somebody who texts or calls waits for us to find out who they are. */
const patienceMs = 500;

/** Where those work whom we page. */
@Injectable()
export class Workplaces {
  constructor(
    private readonly staff: Staff,
    private readonly programs: Programs,
  ) {}

  /**
   * The country of whoever is paged at this E.164 number. Null: nobody is, or in several countries,
   * or the database does not answer in time.
   */
  async countryOf(phone: string): Promise<string | null> {
    try {
      return await inTime(this.lookUp(phone), patienceMs);
    } catch {
      // Safe: help that is right everywhere is shown instead.
      return null;
    }
  }

  private async lookUp(phone: string): Promise<string | null> {
    const ids = await this.staff.programIdsAtPhone(phone);
    const programs = await Promise.all(ids.map((id) => this.programs.byId(id)));
    const countries = new Set(programs.flatMap((program) => program?.country ?? []));
    return countries.size === 1 ? ([...countries][0] ?? null) : null;
  }
}
