import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Relationship, relationships } from '../rules/member.js';

/** Why somebody is kept out of a participant's cases. */
type ExclusionReason = 'same_person' | 'relative' | 'conflict_of_interest';

/** What a staff member is to a participant. */
export interface Tie {
  staffId: string;
  staffKey: string;
  as: Relationship | ExclusionReason;
}

@Injectable()
export class TiesStore {
  of(db: EntityManager, participantId: string): Promise<Tie[]> {
    return db.query(
      `select t.staff_id as "staffId", s.key as "staffKey", t."as"
         from (select participant_id, staff_id, relationship as "as" from staff_relationships
               union all
               select participant_id, staff_id, reason from staff_exclusions) t
         join staff s on s.id = t.staff_id
        where t.participant_id = $1 order by s.key, t."as"`,
      [participantId],
    );
  }

  add(db: EntityManager, participantId: string, { staffId, as }: Tie): Promise<unknown> {
    const { table, column } = placeOf(as);
    return db.query(
      `insert into ${table} (participant_id, staff_id, ${column}) values ($1, $2, $3)`,
      [participantId, staffId, as],
    );
  }

  remove(db: EntityManager, participantId: string, { staffId, as }: Tie): Promise<unknown> {
    const { table, column } = placeOf(as);
    return db.query(
      `delete from ${table} where participant_id = $1 and staff_id = $2 and ${column} = $3`,
      [participantId, staffId, as],
    );
  }
}

export const isRelationship = (as: Tie['as']): as is Relationship =>
  relationships.some((one) => one === as);

const placeOf = (as: Tie['as']): { table: string; column: string } =>
  isRelationship(as)
    ? { table: 'staff_relationships', column: 'relationship' }
    : { table: 'staff_exclusions', column: 'reason' };
