import { Injectable } from '@nestjs/common';
import type { Person } from '../../staff/rules/permissions.js';
import { Rights } from '../../staff/rights.service.js';
import type { Session } from '../../staff/sessions/sessions.service.js';
import { Staff } from '../../staff/staff.service.js';
import type { Viewer } from './staff-page.js';

/** Who looks at a page; somebody who came with a token has no session and no forms. */
@Injectable()
export class Viewers {
  constructor(
    private readonly staff: Staff,
    private readonly rights: Rights,
  ) {}

  async of(person: Person, session: Session | null): Promise<Viewer> {
    const names = await this.staff.names([person.staffId]);
    return {
      name: names.get(person.staffId) ?? '',
      csrf: session?.csrf ?? '',
      isSupervisor: this.rights.supervises(person),
    };
  }
}
