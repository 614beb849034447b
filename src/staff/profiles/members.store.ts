import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Credential } from '../rules/credentials.js';
import type { Member } from '../rules/member.js';

/** A case's program and person; null: nobody known, so nobody is excluded. */
export interface AboutWhom {
  programId: string;
  participantId: string | null;
}

export interface MemberRow extends Omit<Member, 'gender' | 'credentials'> {
  /** Sealed. */
  gender: Buffer | null;
  credentials: Credential[];
  /** IANA zone of the program. */
  zone: string;
}

@Injectable()
export class MembersStore {
  /** These people, whether they work for the program or not; by key. */
  some(db: EntityManager, ids: readonly string[], about: AboutWhom): Promise<MemberRow[]> {
    return this.ask(db, 's.id = any ($3::uuid[])', [about.programId, about.participantId, ids]);
  }

  /** Everybody who works for the program, in any role; by key. */
  all(db: EntityManager, { programId, participantId }: AboutWhom): Promise<MemberRow[]> {
    const condition = 's.id in (select r.staff_id from staff_roles r where r.program_id = p.id)';
    return this.ask(db, condition, [programId, participantId]);
  }

  private ask(db: EntityManager, condition: string, values: unknown[]): Promise<MemberRow[]> {
    return db.query(`${memberQuery} where p.id = $1 and ${condition} order by s.key`, values);
  }
}

const memberQuery = `
  select s.id, s.key, s.languages, s.gender, s.disabled_at is not null as disabled, p.zone,
         array (select r.role from staff_roles r
                 where r.staff_id = s.id and r.program_id = p.id) as roles,
         (select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'states', c.states,
                                                       'expires', c.expires::text)), '[]')
            from staff_credentials c where c.staff_id = s.id) as credentials,
         exists (select from staff_exclusions x
                  where x.participant_id = $2::uuid and x.staff_id = s.id) as excluded,
         array (select t.relationship from staff_relationships t
                 where t.participant_id = $2::uuid and t.staff_id = s.id) as relationships,
         way.count > 0 as reachable, way.tested > 0 as "passedTest"
    from programs p cross join staff s
    cross join lateral (
         select count(*) as count,
                count(*) filter (where m.test_failed_at is null
                  or m.test_failed_at <= greatest(m.tested_at, m.verified_at)) as tested
           from contact_methods m
          where m.staff_id = s.id and m.verified_at is not null and m.disabled_at is null) way`;
