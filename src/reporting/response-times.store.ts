import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { targets } from './rules/targets.js';

const groupings = ['acuity', 'channel', 'language', 'hour'] as const;
export type Grouping = (typeof groupings)[number];

export interface Span {
  programIds: readonly string[];
  from: Date;
  to: Date;
  groupBy: Grouping;
}

/** Seconds as text; `Infinity` where the percentile falls among cases without an answer. */
export interface Percentiles {
  p50: string;
  p90: string;
  p95: string;
  answered: number;
  /** Of all cases that have a target. */
  met: number;
  targeted: number;
}

export interface CaseGroup {
  key: string;
  cases: number;
  exhausted: number;
  within: number;
  firstPage: Percentiles;
  acknowledged: Percentiles;
  attempted: Percentiles;
  inContact: Percentiles;
}

export interface FlagGroup {
  key: string;
  flags: number;
  shown: number;
}

const groupOf: Readonly<Record<Grouping, string>> = {
  acuity: 'f.acuity',
  channel: 'f.source',
  language: 'coalesce(f.language, p.language)',
  hour: `to_char(f.received_at at time zone p.zone, 'HH24')`,
};

@Injectable()
export class ResponseTimesStore {
  constructor(private readonly dataSource: DataSource) {}

  async now(): Promise<Date> {
    const [row] = await this.dataSource.query<[{ now: Date }]>('select handrail_now() as now');
    return row.now;
  }

  casesBy({ programIds, from, to, groupBy }: Span): Promise<CaseGroup[]> {
    return this.dataSource.query(
      `with ${timed(groupOf[groupBy])}
       select key, count(*)::integer as cases,
              count(*) filter (where exhausted)::integer as exhausted,
              count(*) filter (where acknowledged <= t.acknowledged_target
                and (t.attempted_target is null or attempted <= t.attempted_target))::integer
                as within,
              ${percentiles('first_page')} as "firstPage",
              ${percentiles('acknowledged')} as acknowledged,
              ${percentiles('attempted')} as attempted,
              ${percentiles('in_contact')} as "inContact"
         from timed join targets t using (acuity)
        group by key order by key`,
      [programIds, from, to, JSON.stringify(targetRows)],
    );
  }

  /** Only flags raised by a participant, not those of others about one. */
  flagsBy({ programIds, from, to, groupBy }: Span): Promise<FlagGroup[]> {
    return this.dataSource.query(
      `select ${groupOf[groupBy]} as key, count(*)::integer as flags,
              count(*) filter (where cardinality(f.resources_shown) > 0)::integer as shown
         from flags f join programs p on p.id = f.program_id
              join cases c on c.id = f.case_id
        where f.program_id = any ($1::uuid[]) and f.received_at >= $2 and f.received_at < $3
          and f.source not in ('third_party', 'facilitator', 'checkin_missed')
          and ${isCounted}
        group by 1 order by 1`,
      [programIds, from, to],
    );
  }
}

const targetRows = Object.entries(targets).map(([acuity, one]) => ({
  acuity,
  first_page_target: one.firstPage,
  acknowledged_target: one.acknowledged,
  attempted_target: one.attempted,
  in_contact_target: one.inContact,
}));

const isCounted = `c.synthetic_at is null and not exists (
  select from dispositions d
   where d.case_id = c.id and d.code in ('test_or_drill', 'entered_in_error'))`;

const secondsUntil = (moment: string): string =>
  `coalesce(extract(epoch from (${moment}) - c.opened_at)::float8, 'Infinity')`;

/** One row a case, with the seconds to each moment; what never happened took for ever. */
const timed = (group: string): string => `
  targets as (
    select * from jsonb_to_recordset($4::jsonb) as t (acuity text, first_page_target float8,
      acknowledged_target float8, attempted_target float8, in_contact_target float8)),
  timed as (
    select ${group} as key, f.acuity, c.exhausted_at is not null as exhausted,
           ${secondsUntil(`
             select min(e.at) from audit.audit_events e
              where e.stream = 'case:' || c.id and e.action = 'attempt.settled'
                and e.body::jsonb ->> 'outcome' = 'sent'`)} as first_page,
           ${secondsUntil(`
             select min(a.at) from acknowledgements a
              where a.case_id = c.id and a.kind = 'primary'`)} as acknowledged,
           ${secondsUntil('select min(x.at) from contacts x where x.case_id = c.id')} as attempted,
           ${secondsUntil(`
             select min(x.at) from contacts x
              where x.case_id = c.id and x.outcome = 'reached'
                and x.kind <> 'support_contact'`)} as in_contact
      from cases c join programs p on p.id = c.program_id
           join lateral (select * from flags first where first.case_id = c.id
                          order by first.received_at limit 1) f on true
     where c.program_id = any ($1::uuid[]) and c.opened_at >= $2 and c.opened_at < $3
       and ${isCounted})`;

const percentiles = (column: string): string => `json_build_object(
  'p50', (percentile_disc(0.5) within group (order by ${column}))::text,
  'p90', (percentile_disc(0.9) within group (order by ${column}))::text,
  'p95', (percentile_disc(0.95) within group (order by ${column}))::text,
  'answered', count(*) filter (where ${column} < 'Infinity'),
  'met', count(*) filter (where ${column} <= t.${column}_target),
  'targeted', count(t.${column}_target))`;
