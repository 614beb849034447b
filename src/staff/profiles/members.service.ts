import { Injectable } from '@nestjs/common';
import { Vault } from '../../platform/crypto/vault.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import type { Gender } from '../../programs/rules/genders.js';
import { validUntil } from '../rules/credentials.js';
import { expiresAt, hasExpired, mayTakeCases, type Member, whyNot } from '../rules/member.js';
import { type AboutWhom, type MemberRow, MembersStore } from './members.store.js';

/** Of a program's staff what decides who answers. */
@Injectable()
export class Members {
  constructor(
    private readonly store: MembersStore,
    private readonly vault: Vault,
  ) {}

  /** Everybody of the program, by id, in the order of their keys; genders only when asked for. */
  async of(tx: Tx, about: AboutWhom, withGender: boolean): Promise<Map<string, Member>> {
    const rows = await this.store.all(tx.db, about);
    const sealed = withGender ? rows.filter(({ gender }) => gender !== null) : [];
    const keys = await this.vault.openMany(
      tx.db,
      sealed.map(({ id }) => id),
    );
    const genderOf = ({ id, gender }: MemberRow): Gender | null =>
      (gender && (keys.get(id)?.open(genderPlace(id), gender) as Gender | undefined)) ?? null;
    return new Map(rows.map((row) => [row.id, memberOf(row, genderOf(row))]));
  }

  /** Of these people those who may work the participant's cases at that instant; by key. */
  async allowed(tx: Tx, ids: readonly string[], about: AboutWhom, at: Date): Promise<Member[]> {
    return (await this.some(tx, ids, about)).filter((member) => whyNot(member, at) === null);
  }

  /** Of these people those whose role lets them take cases, whatever their credentials. */
  async inRoleForCases(tx: Tx, ids: readonly string[], programId: string): Promise<string[]> {
    const members = await this.some(tx, ids, { programId, participantId: null });
    return members.filter(mayTakeCases).map(({ id }) => id);
  }

  /** Of these people those whom a page can reach, whatever their roles and credentials. */
  async pageable(tx: Tx, ids: readonly string[], programId: string): Promise<string[]> {
    const members = await this.some(tx, ids, { programId, participantId: null });
    return members.filter((one) => !one.disabled && one.reachable).map(({ id }) => id);
  }

  /** Whether this person has credentials on file of which none is valid at that instant. */
  async hasExpired(tx: Tx, staffId: string, programId: string, at: Date): Promise<boolean> {
    const members = await this.some(tx, [staffId], { programId, participantId: null });
    return members.some((member) => hasExpired(member, at));
  }

  /** From when on none of their credentials is valid, of those who have any on file. */
  async expiries(tx: Tx, ids: readonly string[], programId: string): Promise<Map<string, Date>> {
    const members = await this.some(tx, ids, { programId, participantId: null });
    return new Map(
      members.flatMap((member) => {
        const at = expiresAt(member);
        return at === null ? [] : [[member.id, at]];
      }),
    );
  }

  private async some(tx: Tx, ids: readonly string[], about: AboutWhom): Promise<Member[]> {
    const rows = await this.store.some(tx.db, ids, about);
    return rows.map((row) => memberOf(row, null));
  }
}

function memberOf({ zone, credentials, ...row }: MemberRow, gender: Gender | null): Member {
  const dated = credentials.map((one) => ({ states: one.states, until: validUntil(one, zone) }));
  return { ...row, gender, credentials: dated };
}

/** What binds a sealed gender to its row. */
export const genderPlace = (staffId: string) =>
  ({ table: 'staff', row: staffId, column: 'gender' }) as const;
