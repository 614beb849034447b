import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull } from 'typeorm';
import { AccessTokenRow } from './access-token.row.js';
import { ContactMethodRow } from './contact-method.row.js';
import type { Role } from './rules/permissions.js';
import { StaffRow } from './staff.row.js';

export interface RoleRow {
  staffId: string;
  programId: string;
  role: Role;
}

@Injectable()
export class StaffStore {
  constructor(private readonly dataSource: DataSource) {}

  get reader(): EntityManager {
    return this.dataSource.manager;
  }

  byId(id: string, db: EntityManager = this.dataSource.manager): Promise<StaffRow | null> {
    return db.findOneBy(StaffRow, { id });
  }

  byKey(key: string, db: EntityManager = this.dataSource.manager): Promise<StaffRow | null> {
    return db.findOneBy(StaffRow, { key });
  }

  byEmail(emailIndex: Buffer): Promise<StaffRow | null> {
    return this.dataSource.manager.findOneBy(StaffRow, { emailIndex, disabledAt: IsNull() });
  }

  /** Whose this e-mail is, also when they are disabled. */
  ownerOfEmail(db: EntityManager, emailIndex: Buffer): Promise<StaffRow | null> {
    return db.findOneBy(StaffRow, { emailIndex });
  }

  byIds(ids: string[], db: EntityManager = this.dataSource.manager): Promise<StaffRow[]> {
    return db.findBy(StaffRow, { id: In(ids) });
  }

  byKeys(keys: string[], db: EntityManager): Promise<StaffRow[]> {
    return db.findBy(StaffRow, { key: In(keys), disabledAt: IsNull() });
  }

  insert(db: EntityManager, row: StaffRow): Promise<unknown> {
    return db.insert(StaffRow, row);
  }

  update(db: EntityManager, id: string, change: Partial<StaffRow>): Promise<unknown> {
    return db.update(StaffRow, { id }, change);
  }

  rolesOf(staffId: string, db: EntityManager = this.dataSource.manager): Promise<RoleRow[]> {
    return db.query(
      `select staff_id as "staffId", program_id as "programId", role
         from staff_roles where staff_id = $1`,
      [staffId],
    );
  }

  /** Ids of people with the role who are not disabled, in a stable order. */
  async withRole(db: EntityManager, programId: string, role: Role): Promise<string[]> {
    const rows = await db.query<{ id: string }[]>(
      `select s.id from staff_roles r join staff s on s.id = r.staff_id
        where r.program_id = $1 and r.role = $2 and s.disabled_at is null order by s.key`,
      [programId, role],
    );
    return rows.map((row) => row.id);
  }

  /** Everybody who works for the program, in any role. */
  async membersOf(db: EntityManager, programId: string): Promise<{ id: string; key: string }[]> {
    return db.query(
      `select distinct s.id, s.key from staff_roles r join staff s on s.id = r.staff_id
        where r.program_id = $1 order by s.key`,
      [programId],
    );
  }

  setRoles(db: EntityManager, staffId: string, programId: string, roles: Role[]): Promise<unknown> {
    return db.query(
      `with gone as (
         delete from staff_roles
          where staff_id = $1 and program_id = $2 and role <> all ($3::text[]))
       insert into staff_roles (staff_id, program_id, role)
       select $1, $2, unnest($3::text[]) on conflict do nothing`,
      [staffId, programId, roles],
    );
  }

  async excludedFrom(db: EntityManager, staffId: string, participantId: string): Promise<boolean> {
    const rows = await db.query<unknown[]>(
      `select from staff_exclusions where staff_id = $1 and participant_id = $2`,
      [staffId, participantId],
    );
    return rows.length > 0;
  }

  methodsOf(
    staffId: string,
    db: EntityManager = this.dataSource.manager,
  ): Promise<ContactMethodRow[]> {
    return db.find(ContactMethodRow, { where: { staffId }, order: { position: 'ASC' } });
  }

  methodsAt(addressIndex: Buffer): Promise<ContactMethodRow[]> {
    return this.dataSource.manager.findBy(ContactMethodRow, { addressIndex });
  }

  /** Ids of the programs in which somebody works who is reached at this address. */
  async programsAt(addressIndex: Buffer): Promise<string[]> {
    const rows = await this.dataSource.manager.query<{ id: string }[]>(
      `select distinct r.program_id as id
         from contact_methods m
         join staff s on s.id = m.staff_id and s.disabled_at is null
         join staff_roles r on r.staff_id = s.id
        where m.address_index = $1`,
      [addressIndex],
    );
    return rows.map(({ id }) => id);
  }

  /** Ids of the programs in which the person works whom this method reaches. */
  async programsOfMethod(db: EntityManager, methodId: string): Promise<string[]> {
    const rows = await db.query<{ id: string }[]>(
      `select distinct r.program_id as id from contact_methods m
         join staff_roles r on r.staff_id = m.staff_id where m.id = $1`,
      [methodId],
    );
    return rows.map(({ id }) => id);
  }

  /** Ids of this program and of all others in which any of its people work. */
  async programsBeside(db: EntityManager, programId: string): Promise<string[]> {
    const rows = await db.query<{ id: string }[]>(
      `select $1::uuid as id union
       select other.program_id from staff_roles r
         join staff_roles other on other.staff_id = r.staff_id where r.program_id = $1`,
      [programId],
    );
    return rows.map(({ id }) => id);
  }

  insertMethod(db: EntityManager, row: ContactMethodRow): Promise<unknown> {
    return db.insert(ContactMethodRow, row);
  }

  updateMethod(db: EntityManager, id: string, change: Partial<ContactMethodRow>): Promise<unknown> {
    return db.update(ContactMethodRow, { id }, change);
  }

  /** False: there is no such method. */
  async noteTest(
    db: EntityManager,
    id: string,
    result: Pick<ContactMethodRow, 'testedAt'> | Pick<ContactMethodRow, 'testFailedAt'>,
  ): Promise<boolean> {
    const { affected } = await db.update(ContactMethodRow, { id }, result);
    return affected === 1;
  }

  tokenByHash(tokenHash: Buffer): Promise<AccessTokenRow | null> {
    return this.dataSource.manager.findOneBy(AccessTokenRow, { tokenHash, revokedAt: IsNull() });
  }

  insertToken(db: EntityManager, row: AccessTokenRow): Promise<unknown> {
    return db.insert(AccessTokenRow, row);
  }
}
