import { Injectable } from '@nestjs/common';
import { Vault } from '../../platform/crypto/vault.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { namePlace } from '../staff.service.js';
import { StaffStore } from '../staff.store.js';
import { genderPlace } from './members.service.js';
import { ProfilesStore } from './profiles.store.js';

/** The staff of a program as its file writes them, numbers in the clear. */
@Injectable()
export class StaffExport {
  constructor(
    private readonly store: StaffStore,
    private readonly profiles: ProfilesStore,
    private readonly vault: Vault,
  ) {}

  async of(tx: Tx, programId: string): Promise<object[]> {
    const members = await this.store.membersOf(tx.db, programId);
    const people: object[] = [];
    for (const { id } of members) people.push(await this.one(tx, programId, id));
    return people;
  }

  private async one(tx: Tx, programId: string, id: string): Promise<object> {
    const [row, key] = await Promise.all([this.store.byId(id, tx.db), this.vault.open(tx.db, id)]);
    if (row === null || key === null) throw new Error(`Staff ${id} cannot be read.`);
    const roles = await this.store.rolesOf(id, tx.db);
    const methods = await this.store.methodsOf(id, tx.db);
    return {
      key: row.key,
      name: key.open(namePlace(id), row.name),
      ...(row.email !== null && { email: key.open(place('staff', id, 'email'), row.email) }),
      roles: roles.flatMap((one) => (one.programId === programId ? [one.role] : [])).toSorted(),
      ...(row.gender !== null && { gender: key.open(genderPlace(id), row.gender) }),
      languages: row.languages,
      credentials: await this.profiles.credentialsOf(tx.db, id),
      contactMethods: methods
        .filter(({ disabledReason }) => disabledReason !== 'removed')
        .map((method) => ({
          channel: method.channel,
          address: key.open(place('contact_methods', method.id, 'address'), method.address),
          verified: method.verifiedAt !== null,
        })),
    };
  }
}

const place = (table: string, row: string, column: string) => ({ table, row, column });
