import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { FlagRow } from './flag.row.js';
import type { CaseProgress } from './rules/request-status.js';

/** A flag with what became of it, for whoever holds its status token. */
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

const aroundCaseMax = 100;

@Injectable()
export class FlagsStore {
  constructor(private readonly dataSource: DataSource) {}

  insert(db: EntityManager, row: FlagRow): Promise<unknown> {
    return db.insert(FlagRow, row);
  }

  byIdempotencyKey(
    db: EntityManager,
    clientId: string | null,
    idempotencyKey: string,
  ): Promise<FlagRow | null> {
    return db.findOneBy(FlagRow, { clientId: clientId ?? IsNull(), idempotencyKey });
  }

  byStatusToken(statusTokenHash: Buffer, db?: EntityManager): Promise<FlagRow | null> {
    return (db ?? this.dataSource.manager).findOneBy(FlagRow, { statusTokenHash });
  }

  /** All that the status page says, in one question. */
  async statusBy(statusTokenHash: Buffer): Promise<StatusRow | null> {
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

  /** Those of the case, and those of its participant since then; newest first, at most 100. */
  aroundCase(
    db: EntityManager,
    caseId: string,
    participantId: string | null,
    since: Date,
  ): Promise<FlagRow[]> {
    return db
      .createQueryBuilder(FlagRow, 'f')
      .where('f.case_id = :caseId', { caseId })
      .orWhere('f.participant_id = :participantId and f.received_at >= :since', {
        participantId,
        since,
      })
      .orderBy('f.received_at', 'DESC')
      .limit(aroundCaseMax)
      .getMany();
  }

  async raisedSince(db: EntityManager, participantId: string, since: Date): Promise<boolean> {
    const rows = await db.query<unknown[]>(
      `select from flags where participant_id = $1 and received_at >= $2 limit 1`,
      [participantId, since],
    );
    return rows.length > 0;
  }

  latestOf(db: EntityManager, participantId: string): Promise<FlagRow | null> {
    return db.findOne(FlagRow, { where: { participantId }, order: { receivedAt: 'DESC' } });
  }

  /** The newest of the cases that were opened one after the other for the same person. */
  async latestCaseAfter(db: EntityManager, caseId: string): Promise<string> {
    const rows = await db.query<{ id: string }[]>(
      `with recursive line as (
         select id, opened_at from cases where id = $1
         union select c.id, c.opened_at from cases c join line on c.follows_case_id = line.id
       )
       select id from line order by opened_at desc limit 1`,
      [caseId],
    );
    return rows[0]?.id ?? caseId;
  }

  merge(db: EntityManager, id: string, now: Date): Promise<unknown> {
    return db.query(
      `update flags set merged_count = merged_count + 1, last_merged_at = $2 where id = $1`,
      [id, now],
    );
  }
}

/** One key per integration; the help page, which is none, has an index of its own. */
const onceOnly = ['flags_client_id_idempotency_key_key', 'flags_help_page_once'];

/** True when another transaction used this idempotency key first. */
export function isIdempotencyRace(error: unknown): boolean {
  const { code, constraint } =
    (error as { driverError?: { code?: string; constraint?: string } }).driverError ?? {};
  return code === '23505' && constraint !== undefined && onceOnly.includes(constraint);
}

/** True when a wait for a row, such as the same key in flight, took longer than it may. */
export function isLockTimeout(error: unknown): boolean {
  return (error as { driverError?: { code?: string } }).driverError?.code === '55P03';
}

const tried = `
  select count(distinct p.staff_id)::integer as people,
         coalesce(bool_or((p.content ->> 'step')::integer >= (p.content ->> 'steps')::integer),
                  false) as backup
    from pages p
   where p.purpose = 'case' and p.subject_id = c.id
     and exists (select from page_attempts a where a.page_id = p.id)`;
