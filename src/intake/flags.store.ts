import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { insertion } from '../platform/db/statements.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { FlagRow } from './flag.row.js';
import type { CaseState } from '../cases/rules/case.js';
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
  /** Whether anybody was paged because of that. */
  toldAgain: boolean;
  withdrewAt: Date | null;
  hasPhone: boolean;
}

const aroundCaseMax = 300;

@Injectable()
export class FlagsStore {
  constructor(private readonly dataSource: DataSource) {}

  insert(tx: Tx, row: FlagRow): void {
    tx.write(insertion('flags', row));
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
    const [row] = await this.dataSource.query<StatusRow[]>(statusQuery, [statusTokenHash]);
    return row ?? null;
  }

  /**
   * Those of the case, and those of its participant since then, newest first. At most 300, of which
   * those for which nobody was paged are the first to be left out.
   */
  async aroundCase(
    db: EntityManager,
    caseId: string,
    participantId: string | null,
    since: Date,
  ): Promise<FlagRow[]> {
    const rows = await db
      .createQueryBuilder(FlagRow, 'f')
      .where('f.case_id = :caseId', { caseId })
      .orWhere('f.participant_id = :participantId and f.received_at >= :since', {
        participantId,
        since,
      })
      .orderBy(`(f.joined_as = 'merged')::int`, 'ASC')
      .addOrderBy('f.received_at', 'DESC')
      .limit(aroundCaseMax)
      .getMany();
    return rows.toSorted((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime());
  }

  /** Since when the person of this case asks, and whether anybody was paged just now. */
  async repeatOf(
    db: EntityManager,
    caseId: string,
    now: Date,
  ): Promise<{ since: Date | null; told: boolean }> {
    const [row] = await db.query<[{ since: Date | null; told: boolean }]>(
      `select (select min(received_at) from flags
                where case_id = $1 and source <> 'third_party') as since,
              exists (select from pages where purpose = 'case' and subject_id = $1
                and queued_at = $2) as told`,
      [caseId, now],
    );
    return row;
  }

  /** Whether the participant raised a flag since then, or anybody in that case. */
  async raisedSince(
    db: EntityManager,
    of: { participantId: string | null; caseId: string | null },
    since: Date,
  ): Promise<boolean> {
    const rows = await db.query<unknown[]>(
      `select from flags where (participant_id = $1 or case_id = $2) and received_at >= $3 limit 1`,
      [of.participantId, of.caseId, since],
    );
    return rows.length > 0;
  }

  latestOf(db: EntityManager, participantId: string): Promise<FlagRow | null> {
    return db.findOne(FlagRow, { where: { participantId }, order: { receivedAt: 'DESC' } });
  }

  async caseStateOf(flag: FlagRow): Promise<{ state: CaseState } | null> {
    const [row] = await this.dataSource.query<{ state: CaseState }[]>(
      'select state from cases where id = $1',
      [flag.caseId],
    );
    return row ?? null;
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
         coalesce(bool_or(p.state <> 'withdrawn' and p.occasion = 'r' || c.round || 's' || c.step),
                  false) as live
    from pages p
   where p.purpose = 'case' and p.subject_id = c.id
     and exists (select from page_attempts a where a.page_id = p.id)`;

/** What others said of somebody is none of their own words. */
const placeSaid = `
  select l.country, l.region
    from flags same join location_statements l on l.flag_id = same.id
   where same.case_id = f.case_id and same.source <> 'third_party' and l.country is not null
   order by least(l.stated_at, l.received_at) desc limit 1`;

const again = `
  select max(later.received_at) as at from flags later
   where later.case_id = f.case_id and later.received_at > f.received_at
     and later.source <> 'third_party'`;

const statusQuery = `
  select handrail_now() as now, f.id as "flagId", f.program_id as "programId",
         f.case_id as "caseId", f.received_at as "receivedAt", f.language,
         coalesce(place.country, f.country) as country,
         case when place.country is null then f.region else place.region end as region,
         c.state, c.acuity, c.step, c.round, c.policy, c.due_at as "dueAt",
         c.opened_at as "openedAt", c.lease_until as "leaseUntil",
         c.acknowledged_at as "acknowledgedAt", c.contact_attempted_at as "contactAttemptedAt",
         c.withdrew_at as "withdrewAt", tried.people as "peopleTried",
         tried.live as "stepIsLive", again.at as "askedAgainAt",
         exists (select from pages p where p.purpose = 'case' and p.subject_id = f.case_id
           and p.queued_at = again.at) as "toldAgain",
         exists (select from contact_points cp where cp.value is not null and cp.flag_id in
           (select same.id from flags same where same.case_id = f.case_id)) as "hasPhone"
    from flags f join cases c on c.id = f.case_id
         left join lateral (${placeSaid}) place on true,
         lateral (${tried}) tried, lateral (${again}) again
   where f.status_token_hash = $1`;
