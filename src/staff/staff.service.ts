import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import { BlindIndex } from '../platform/crypto/blind-index.js';
import { Vault } from '../platform/crypto/vault.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { Rejection } from '../platform/http/rejection.js';
import type { Role } from './rules/permissions.js';
import { StaffChanges } from './profiles/staff-changes.js';
import { Members } from './profiles/members.service.js';
import type { AboutWhom } from './profiles/members.store.js';
import { StaffStore } from './staff.store.js';

export interface ContactMethod {
  id: string;
  channel: string;
  usable: boolean;
  /** In the clear: only a channel about to send asks for it. */
  address(): string;
}

/** The people who answer: who they are, what they may do, how they are reached. */
@Injectable()
export class Staff {
  constructor(
    private readonly store: StaffStore,
    private readonly members: Members,
    private readonly changes: StaffChanges,
    private readonly vault: Vault,
    private readonly index: BlindIndex,
    private readonly audit: Audit,
  ) {}

  async idByKey(key: string, tx?: Tx): Promise<string | null> {
    const row = await this.store.byKey(key, tx?.db);
    return row?.disabledAt === null ? row.id : null;
  }

  /** The programs in which somebody works in any role; none for those who are disabled. */
  async programIds(tx: Tx, staffId: string): Promise<string[]> {
    const row = await this.store.byId(staffId, tx.db);
    if (row?.disabledAt !== null) return [];
    const roles = await this.store.rolesOf(staffId, tx.db);
    return [...new Set(roles.map(({ programId }) => programId))].toSorted();
  }

  withRole(tx: Tx, programId: string, role: Role): Promise<string[]> {
    return this.store.withRole(tx.db, programId, role);
  }

  /**
   * Keeps the order given; leaves out the disabled, the unreachable, the participant's own, whoever
   * may not work cases of the program, and whose credentials have all expired at that instant.
   */
  async reachable(tx: Tx, ids: string[], about: AboutWhom, at: Date = tx.now): Promise<string[]> {
    if (ids.length === 0) return [];
    const allowed = await this.members.allowed(tx, ids, about, at);
    const reachable = new Set(allowed.flatMap((one) => (one.reachable ? [one.id] : [])));
    return [...new Set(ids)].filter((id) => reachable.has(id));
  }

  /** Of these people those whom a page can reach, whatever their roles and credentials. */
  pageable(tx: Tx, programId: string, ids: readonly string[]): Promise<string[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.members.pageable(tx, ids, programId);
  }

  /** Whether this person may take and work this participant's cases in the program then. */
  async mayWork(tx: Tx, staffId: string, about: AboutWhom, at: Date = tx.now): Promise<boolean> {
    return (await this.members.allowed(tx, [staffId], about, at)).length > 0;
  }

  /** Whether this person has credentials on file of which none is valid now. */
  hasExpired(tx: Tx, staffId: string, programId: string): Promise<boolean> {
    return this.members.hasExpired(tx, staffId, programId, tx.now);
  }

  /** From when on none of their credentials is valid, of those who have any on file. */
  expiries(tx: Tx, ids: readonly string[], programId: string): Promise<Map<string, Date>> {
    return this.members.expiries(tx, ids, programId);
  }

  /** Those of them whose role in the program lets them take cases, valid credentials or not. */
  async working(tx: Tx, staffIds: readonly string[], programId: string): Promise<string[]> {
    return this.members.inRoleForCases(tx, staffIds, programId);
  }

  /** How files and schedules name them. */
  async keys(tx: Tx, staffIds: readonly string[]): Promise<Map<string, string>> {
    const rows = staffIds.length === 0 ? [] : await this.store.byIds([...staffIds], tx.db);
    return new Map(rows.map(({ id, key }) => [id, key]));
  }

  /** Ids by key, of those who are not disabled. */
  async idsByKey(tx: Tx, keys: readonly string[]): Promise<Map<string, string>> {
    const rows = keys.length === 0 ? [] : await this.store.byKeys([...keys], tx.db);
    return new Map(rows.map(({ id, key }) => [key, id]));
  }

  /** Whoever callers name by id or key; 422 when there is nobody of that key. */
  async idNamed(tx: Tx, keyOrId: string): Promise<string> {
    if (z.uuid().safeParse(keyOrId).success) return keyOrId;
    const id = await this.idByKey(keyOrId, tx);
    if (id !== null) return id;
    throw new Rejection('unprocessable', `There is no staff ${keyOrId} here.`, 'unknown_staff');
  }

  /** Whether this person must not see or take this participant's cases. */
  isExcluded(tx: Tx, staffId: string, participantId: string | null): Promise<boolean> {
    if (participantId === null) return Promise.resolve(false);
    return this.store.excludedFrom(tx.db, staffId, participantId);
  }

  /** In the order in which they want them used. */
  async contactMethods(staffId: string, tx: Tx): Promise<ContactMethod[]> {
    const [rows, key] = await Promise.all([
      this.store.methodsOf(staffId, tx.db),
      this.vault.open(tx.db, staffId),
    ]);
    return rows.map(({ id, channel, address, verifiedAt, disabledAt }) => ({
      id,
      channel,
      usable: key !== null && verifiedAt !== null && disabledAt === null,
      address: () => {
        if (key === null) throw new Error(`The address of method ${id} was erased.`);
        return key.open({ table: 'contact_methods', row: id, column: 'address' }, address);
      },
    }));
  }

  /** A method that the provider says is bad is not used again until it is verified anew. */
  async disableMethod(tx: Tx, methodId: string, reason: string): Promise<void> {
    await this.store.updateMethod(tx.db, methodId, {
      disabledAt: tx.now,
      disabledReason: reason,
    });
    this.audit.record(tx, {
      stream: 'system',
      action: 'staff.method_disabled',
      actor: { type: 'provider' },
      subjectRef: methodId,
      body: { reason },
    });
    await this.tellAbout(tx, methodId);
  }

  /** A failed test counts until the method passes one, or is verified anew. */
  async recordTest(tx: Tx, methodId: string, passed: boolean): Promise<void> {
    const result = passed ? { testedAt: tx.now } : { testFailedAt: tx.now };
    if (!(await this.store.noteTest(tx.db, methodId, result))) {
      throw new Rejection('not_found', 'There is no such contact method.');
    }
    this.audit.record(tx, {
      stream: 'system',
      action: 'staff.method_tested',
      actor: { type: 'system' },
      subjectRef: methodId,
      body: { passed },
    });
    await this.tellAbout(tx, methodId);
  }

  /** Whoever is texted at this number is texted no more, and reached by the other ways only. */
  async optOutOfTexts(tx: Tx, phone: string): Promise<void> {
    for (const method of await this.store.methodsAt(this.index.of('staff.phone', phone))) {
      if (method.channel !== 'sms' || method.disabledAt !== null) continue;
      await this.disableMethod(tx, method.id, 'opted_out');
    }
  }

  /** Everybody who is reached at this E.164 number; a shared phone has several. */
  async idsAtPhone(phone: string): Promise<string[]> {
    const methods = await this.store.methodsAt(this.index.of('staff.phone', phone));
    return [...new Set(methods.map(({ staffId }) => staffId))];
  }

  /** Ids of the programs in which somebody works who is reached at this E.164 number. */
  programIdsAtPhone(phone: string): Promise<string[]> {
    return this.store.programsAt(this.index.of('staff.phone', phone));
  }

  async names(ids: string[], db?: Tx['db']): Promise<Map<string, string>> {
    const rows = ids.length === 0 ? [] : await this.store.byIds([...new Set(ids)], db);
    const manager = db ?? this.store.reader;
    const keys = await this.vault.openMany(
      manager,
      rows.map(({ id }) => id),
    );
    return new Map(
      rows.map((row) => [row.id, keys.get(row.id)?.open(namePlace(row.id), row.name) ?? row.key]),
    );
  }

  private async tellAbout(tx: Tx, methodId: string): Promise<void> {
    await this.changes.tell(tx, await this.store.programsOfMethod(tx.db, methodId));
  }
}

export const namePlace = (staffId: string) =>
  ({ table: 'staff', row: staffId, column: 'name' }) as const;
