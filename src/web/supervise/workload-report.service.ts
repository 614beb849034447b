import { Injectable } from '@nestjs/common';
import { Workloads } from '../../oncall/shifts/workloads.service.js';
import type { Program } from '../../programs/programs.service.js';
import { PagesPerPerson } from '../../reporting/pages-per-person.service.js';
import { Staff } from '../../staff/staff.service.js';

interface WorkloadOfPerson {
  id: string;
  name: string | null;
  hours: number;
  nights: number;
  weekendHours: number;
  holidays: number;
  pages: number;
  nightPages: number;
}

const workloadDefinitions = {
  hours: 'Hours on call on any schedule of the program; on two at once they count once.',
  nights:
    "Nights, from 22:00 to 06:00 in the program's zone, of which at least 3 hours were on call.",
  weekendHours: "Hours on call from Saturday 00:00 to Monday 00:00 in the program's zone.",
  holidays: 'Days that a schedule calls a holiday and with any time on call on that schedule.',
  pages: 'Pages about cases and alarms; notices and check-ins are not counted.',
  nightPages: "Those of the pages that were due from 22:00 to 06:00 in the program's zone.",
};

export interface WorkloadReport {
  program: string;
  zone: string;
  from: string;
  to: string;
  definitions: typeof workloadDefinitions;
  /** The most hours first; who was paged without being on call comes last. */
  people: WorkloadOfPerson[];
}

/** How evenly being on call is shared: time from the schedules, pages from what was sent. */
@Injectable()
export class WorkloadReports {
  constructor(
    private readonly workloads: Workloads,
    private readonly pages: PagesPerPerson,
    private readonly staff: Staff,
  ) {}

  /** The last 30 days unless stated. */
  async of(
    { id: programId, key }: Pick<Program, 'id' | 'key'>,
    asked: { from?: Date | undefined; to?: Date | undefined },
  ): Promise<WorkloadReport> {
    const { zone, from, to, night, people } = await this.workloads.of(programId, asked);
    const paged = await this.pages.of({ programId, from, to, zone, night });
    const off = [...paged.keys()].filter((id) => !people.some(({ person }) => person === id));
    const names = await this.staff.names([...people.map(({ person }) => person), ...off]);
    const none = { hours: 0, nights: 0, weekendHours: 0, holidays: 0 };
    const all = [...people, ...off.map((person) => ({ person, ...none }))];
    return {
      program: key,
      zone,
      from: from.toISOString(),
      to: to.toISOString(),
      definitions: workloadDefinitions,
      people: all.map(({ person, ...time }) => ({
        id: person,
        name: names.get(person) ?? null,
        ...time,
        pages: paged.get(person)?.pages ?? 0,
        nightPages: paged.get(person)?.nightPages ?? 0,
      })),
    };
  }
}
