import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AcceptedStretch } from '../rules/coverage.js';
import type { Interval, Override } from '../rules/schedule.js';
import type { ScheduleBody } from '../rules/schedule-schema.js';
import { ScheduleRow } from './schedule.row.js';

export interface VersionRow {
  version: number;
  body: ScheduleBody;
  madeAt: Date;
}

interface SchedulesAsked {
  programId: string;
  /** Null: all of the program. */
  keys: readonly string[] | null;
  from: Date;
  to: Date;
}

export interface InForce {
  row: ScheduleRow;
  overrides: Override[];
}

/** Times in JSON are milliseconds, as the resolver wants them. */
const overridesJson = (span: string): string => `coalesce((
  select json_agg(json_build_object(
      'id', o.id, 'kind', o.kind, 'incoming', o.incoming, 'outgoing', o.outgoing,
      'swapId', o.swap_id,
      'from', (extract(epoch from o.from_at) * 1000)::bigint,
      'to', (extract(epoch from o.to_at) * 1000)::bigint) order by o.made_at, o.id)
    from schedule_overrides o
   where o.schedule_id = s.id and o.withdrawn_at is null and ${span}), '[]'::json)`;

const columns = `s.id, s.program_id as "programId", s.key, s.name, s.body, s.version,
  s.created_at as "createdAt", s.updated_at as "updatedAt"`;

type Joined = ScheduleRow & { overrides: Override[] };

const apart = ({ overrides, ...row }: Joined): InForce => ({ row, overrides });

@Injectable()
export class SchedulesStore {
  byKey(db: EntityManager, programId: string, key: string): Promise<ScheduleRow | null> {
    return db.findOneBy(ScheduleRow, { programId, key });
  }

  byId(db: EntityManager, id: string): Promise<ScheduleRow | null> {
    return db.findOneBy(ScheduleRow, { id });
  }

  ofProgram(db: EntityManager, programId: string): Promise<ScheduleRow[]> {
    return db.find(ScheduleRow, { where: { programId }, order: { key: 'ASC' } });
  }

  /** Whoever changes who is on call waits here for whoever is changing it now. */
  hold(db: EntityManager, id: string): Promise<ScheduleRow | null> {
    return db
      .createQueryBuilder(ScheduleRow, 's')
      .where('s.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  /** Until the commit nobody changes who is on call on any schedule of the program. */
  async holdAll(db: EntityManager, programId: string): Promise<void> {
    await db.query('select from schedules where program_id = $1 order by id for key share', [
      programId,
    ]);
  }

  /** With the overrides that meet a span, which is half-open. */
  async inForce(
    db: EntityManager,
    { programId, keys, from, to }: SchedulesAsked,
  ): Promise<InForce[]> {
    const rows = await db.query<Joined[]>(
      `select ${columns}, ${overridesJson('o.from_at < $4 and o.to_at > $3')} as overrides
         from schedules s
        where s.program_id = $1 and ($2::text[] is null or s.key = any ($2)) order by s.key`,
      [programId, keys, from, to],
    );
    return rows.map(apart);
  }

  /** Those in force somewhere in a span, the oldest first; the first one holds before it, too. */
  versions(db: EntityManager, scheduleId: string, from: Date, to: Date): Promise<VersionRow[]> {
    return db.query(
      `select version, body, made_at as "madeAt" from schedule_versions
        where schedule_id = $1 and (made_at < $3 or version = 1)
          and version >= coalesce((select max(version) from schedule_versions
                                    where schedule_id = $1 and made_at <= $2), 0)
        order by version`,
      [scheduleId, from, to],
    );
  }

  /** For how long somebody has taken it upon themselves that an override leaves nobody on call. */
  async acceptedByOverrides(
    db: EntityManager,
    scheduleId: string,
    { from, to }: Interval,
  ): Promise<AcceptedStretch[]> {
    const rows = await db.query<{ from: Date; to: Date; by: string | null; reason: string }[]>(
      `select from_at as "from", to_at as "to", made_by as by, accepted_gap_reason as reason
         from schedule_overrides
        where schedule_id = $1 and withdrawn_at is null and accepted_gap_reason is not null
          and from_at < $3 and to_at > $2 order by from_at, id`,
      [scheduleId, new Date(from), new Date(to)],
    );
    return rows.map((row) => ({
      ...row,
      from: row.from.getTime(),
      to: row.to.getTime(),
      everyWeek: false,
    }));
  }

  /** Whom overrides that are not over put on call, and whom open swaps concern. */
  async namedBeside(db: EntityManager, scheduleId: string, now: Date): Promise<string[]> {
    const rows = await db.query<{ id: string }[]>(
      `select incoming as id from schedule_overrides
        where schedule_id = $1 and withdrawn_at is null and to_at > $2 and incoming is not null
       union
       select unnest(array[requester, counterpart]) from shift_swaps
        where schedule_id = $1 and state in ('requested', 'accepted', 'reconfirm')
          and greatest(given_to, return_to) > $2`,
      [scheduleId, now],
    );
    return rows.map((row) => row.id);
  }

  async save(db: EntityManager, row: ScheduleRow, madeBy: string | null): Promise<void> {
    if (row.version === 1) await db.insert(ScheduleRow, row);
    else await db.update(ScheduleRow, { id: row.id }, row);
    await db.query(
      `insert into schedule_versions (schedule_id, version, name, body, made_at, made_by)
       values ($1, $2, $3, $4, $5, $6)`,
      [row.id, row.version, row.name, JSON.stringify(row.body), row.updatedAt, madeBy],
    );
  }
}
