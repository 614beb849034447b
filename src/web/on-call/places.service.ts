import { Injectable } from '@nestjs/common';
import { ScheduleRights } from '../../oncall/schedules/schedule-rights.service.js';
import { type Program, Programs } from '../../programs/programs.service.js';
import type { Person } from '../../staff/rules/permissions.js';
import { Rights } from '../../staff/rights.service.js';
import type { Session } from '../../staff/sessions/sessions.service.js';
import { Viewers } from '../layout/viewers.js';
import type { Viewer } from '../layout/staff-page.js';

/** Which program a page about on call shows, and to whom. */
export interface Place {
  viewer: Viewer;
  staffId: string;
  program: Program;
  /** All programs of whoever looks, by key. */
  programs: readonly Program[];
  /** Whether they may override who is on call here, and whether they supervise here. */
  mayEdit: boolean;
  isSupervisor: boolean;
}

interface Asked {
  /** The key; the first program of whoever looks when it is left out. */
  program: string | undefined;
  /** Who asks, such as `OnCallPageController.show`: for the record of a refusal. */
  handler: string;
}

@Injectable()
export class Places {
  constructor(
    private readonly programs: Programs,
    private readonly rights: Rights,
    private readonly scheduleRights: ScheduleRights,
    private readonly viewers: Viewers,
  ) {}

  /** 404 for a program of somebody else. */
  async of(person: Person, session: Session | null, asked: Asked): Promise<Place> {
    const own = await this.own(person);
    const key = asked.program ?? own[0]?.key ?? '';
    const { handler } = asked;
    const program = await this.rights.program(person, { key, permission: 'staff', handler });
    return {
      viewer: await this.viewers.of(person, session),
      staffId: person.staffId,
      program,
      programs: own,
      mayEdit: this.scheduleRights.edits(person, program.id),
      isSupervisor: this.scheduleRights.supervises(person, program.id),
    };
  }

  private async own(person: Person): Promise<Program[]> {
    const ids = this.rights.programsOf(person, 'staff');
    const found = await Promise.all(ids.map((id) => this.programs.byId(id)));
    return found
      .filter((program) => program !== null)
      .toSorted((one, other) => (one.key < other.key ? -1 : 1));
  }
}
