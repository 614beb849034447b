import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/ids.js';
import type { Credential } from '../rules/credentials.js';

export interface CredentialOfStaff extends Credential {
  staffKey: string;
}

@Injectable()
export class ProfilesStore {
  credentialsOf(db: EntityManager, staffId: string): Promise<Credential[]> {
    return db.query(
      `select kind, expires::text as expires, states from staff_credentials
        where staff_id = $1 order by kind, expires, states`,
      [staffId],
    );
  }

  async replaceCredentials(
    db: EntityManager,
    staffId: string,
    credentials: readonly Credential[],
  ): Promise<void> {
    await db.query('delete from staff_credentials where staff_id = $1', [staffId]);
    for (const { kind, expires, states } of credentials) {
      await db.query(
        `insert into staff_credentials (id, staff_id, kind, expires, states)
         values ($1, $2, $3, $4, $5)`,
        [newId(), staffId, kind, expires, states],
      );
    }
  }

  /** Of everybody in the program who is not disabled. */
  credentialsIn(db: EntityManager, programId: string): Promise<CredentialOfStaff[]> {
    return db.query(
      `select s.key as "staffKey", c.kind, c.expires::text as expires, c.states
         from staff_credentials c join staff s on s.id = c.staff_id
        where s.disabled_at is null
          and exists (select from staff_roles r where r.staff_id = s.id and r.program_id = $1)
        order by s.key, c.expires, c.kind`,
      [programId],
    );
  }
}
