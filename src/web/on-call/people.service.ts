import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Staff } from '../../staff/staff.service.js';
import type { Option } from './form-fields.js';

/** Everybody of a program who may come on call, to choose from. */
@Injectable()
export class PeopleToChoose {
  constructor(private readonly staff: Staff) {}

  async of(tx: Tx, programId: string): Promise<Option[]> {
    const roles = ['clinician', 'supervisor', 'backstop'] as const;
    const byRole = await Promise.all(roles.map((one) => this.staff.withRole(tx, programId, one)));
    const ids = [...new Set(byRole.flat())];
    const names = await this.staff.names(ids, tx.db);
    return ids
      .map((id): Option => [id, names.get(id) ?? 'Somebody'])
      .toSorted(([, one], [, other]) => one.localeCompare(other, 'en'));
  }
}
