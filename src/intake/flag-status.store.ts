import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CaseProgress } from './rules/request-status.js';

export interface StatusRow extends CaseProgress {
  now: Date;
  flagId: string;
  programId: string;
  caseId: string;
  receivedAt: Date;
  language: string | null;
  country: string | null;
  region: string | null;
  /** The last time the same person asked after this flag. */
  askedAgainAt: Date | null;
  withdrewAt: Date | null;
  hasPhone: boolean;
}

@Injectable()
export class FlagStatusStore {
  constructor(private readonly dataSource: DataSource) {}

  /** All that the status page says, in one question. */
  async byStatusToken(statusTokenHash: Buffer): Promise<StatusRow | null> {
    const [row] = await this.dataSource.query<StatusRow[]>(
      `select handrail_now() as now, f.id as "flagId", f.program_id as "programId",
              f.case_id as "caseId", f.received_at as "receivedAt", f.language, f.country,
              f.region, c.state, c.acuity, c.step, c.round, c.policy, c.due_at as "dueAt",
              c.opened_at as "openedAt", c.lease_until as "leaseUntil",
              c.acknowledged_at as "acknowledgedAt",
              c.contact_attempted_at as "contactAttemptedAt", c.exhausted_at as "exhaustedAt",
              c.withdrew_at as "withdrewAt", tried.people as "peopleTried",
              tried.backup as "backupTried",
              (select max(later.received_at) from flags later
                where later.case_id = f.case_id and later.received_at > f.received_at)
                as "askedAgainAt",
              exists (select from contact_points cp where cp.flag_id in
                (select same.id from flags same where same.case_id = f.case_id)) as "hasPhone"
         from flags f join cases c on c.id = f.case_id,
              lateral (${tried}) tried
        where f.status_token_hash = $1`,
      [statusTokenHash],
    );
    return row ?? null;
  }
}

const tried = `
  select count(distinct p.staff_id)::integer as people,
         coalesce(bool_or((p.content ->> 'step')::integer >= (p.content ->> 'steps')::integer),
                  false) as backup
    from pages p
   where p.purpose = 'case' and p.subject_id = c.id
     and exists (select from page_attempts a where a.page_id = p.id)`;
