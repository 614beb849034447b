import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Watched } from './rules/breach-risk.js';

/** One line of the board: nothing about the participant. */
export interface OpenCase extends Watched {
  id: string;
  ref: string;
  program: string;
  zone: string;
  step: number | null;
  /** At its acuity; `step` equal to it is the backstop. */
  steps: number;
  round: number;
  ownerId: string | null;
  contactAttemptedAt: Date | null;
  unreachableAt: Date | null;
  withdrewAt: Date | null;
  dispatchedAt: Date | null;
  /** Set while nobody has confirmed that they arrived. */
  dispatchDueAt: Date | null;
  syntheticAt: Date | null;
  flags: number;
}

export interface OpenAlarm {
  id: string;
  kind: string;
  openedAt: Date;
  repeats: number;
  caseId: string | null;
  ref: string | null;
  /** Of an alarm about time on call: the program's name for its schedule, and when. */
  schedule: string | null;
  zone: string | null;
  from: string | null;
  to: string | null;
}

const casesMax = 500;
const alarmsMax = 100;

@Injectable()
export class OpenCasesStore {
  constructor(private readonly dataSource: DataSource) {}

  async now(): Promise<Date> {
    const [row] = await this.dataSource.query<[{ now: Date }]>('select handrail_now() as now');
    return row.now;
  }

  /** Without cases of participants this person must not see. */
  cases(programIds: readonly string[], staffId: string): Promise<OpenCase[]> {
    return this.dataSource.query(
      `select c.id, c.ref, p.key as program, p.zone, c.state, c.acuity, c.step, c.round,
              jsonb_array_length(c.policy -> 'acuities' -> c.acuity -> 'steps') as steps,
              c.owner_id as "ownerId", c.opened_at as "openedAt", c.due_at as "dueAt",
              c.lease_until as "leaseUntil", c.contact_attempted_at as "contactAttemptedAt",
              c.exhausted_at as "exhaustedAt", c.unreachable_at as "unreachableAt",
              c.withdrew_at as "withdrewAt", c.dispatched_at as "dispatchedAt",
              c.dispatch_due_at as "dispatchDueAt",
              c.synthetic_at as "syntheticAt",
              (select count(*)::integer from flags f where f.case_id = c.id) as flags
         from cases c join programs p on p.id = c.program_id
        where c.program_id = any ($1::uuid[]) and c.state <> 'closed'
          and not exists (select from staff_exclusions x
                           where x.participant_id = c.participant_id and x.staff_id = $2)
        order by c.state = 'follow_up', c.state = 'disposed', c.opened_at limit ${casesMax}`,
      [programIds, staffId],
    );
  }

  alarms(programIds: readonly string[]): Promise<OpenAlarm[]> {
    return this.dataSource.query(
      `select a.id, a.kind, a.opened_at as "openedAt", a.repeats, c.id as "caseId", c.ref,
              a.content ->> 'schedule' as schedule, a.content ->> 'zone' as zone,
              a.content ->> 'from' as "from", a.content ->> 'to' as "to"
         from alarms a left join cases c on c.id = a.subject_id
        where a.due_at is not null and (a.program_id is null or a.program_id = any ($1::uuid[]))
        order by a.opened_at limit ${alarmsMax}`,
      [programIds],
    );
  }
}
