import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface PagesAsked {
  programId: string;
  from: Date;
  to: Date;
  /** IANA zone in which it is night, between these local times. */
  zone: string;
  night: { from: string; to: string };
}

export interface PagesOfPerson {
  staffId: string;
  pages: number;
  nightPages: number;
}

@Injectable()
export class PagesPerPersonStore {
  constructor(private readonly dataSource: DataSource) {}

  /** About cases and alarms; what only tells and what asks for a check-in is left out. */
  of({ programId, from, to, zone, night }: PagesAsked): Promise<PagesOfPerson[]> {
    return this.dataSource.query(
      `select p.staff_id as "staffId", count(*)::integer as pages,
              count(*) filter (where local.at >= $5::time or local.at < $6::time)::integer
                as "nightPages"
         from pages p
         cross join lateral (select (p.queued_at at time zone $4)::time as at) as local
         left join cases c on p.purpose = 'case' and c.id = p.subject_id
         left join alarms a on p.purpose = 'alarm' and a.id = p.subject_id
        where p.queued_at >= $2 and p.queued_at < $3
          and coalesce(c.program_id, a.program_id) = $1
        group by p.staff_id`,
      [programId, from, to, zone, night.from, night.to],
    );
  }
}
