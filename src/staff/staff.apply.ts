import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import type { JsonObject } from '../audit/rules/canonical.js';
import { BlindIndex } from '../platform/crypto/blind-index.js';
import type { DataKey } from '../platform/crypto/data-key.js';
import { Vault } from '../platform/crypto/vault.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { Rejection } from '../platform/http/rejection.js';
import { newId } from '../platform/ids.js';
import { phoneNumber } from '../programs/phone-number.js';
import { profileFile, ProfilesApply } from './profiles/profiles.apply.js';
import { namePlace } from './staff.service.js';
import { StaffChanges } from './profiles/staff-changes.js';
import { StaffStore } from './staff.store.js';
import type { ContactMethodRow } from './contact-method.row.js';
import type { StaffRow } from './staff.row.js';

export const staffFile = z.array(
  z.strictObject({
    key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower case, digits and dashes'),
    name: z.string().min(1).max(120),
    email: z.email().optional(),
    roles: z.array(z.enum(['clinician', 'supervisor', 'admin', 'backstop'])).min(1),
    contactMethods: z
      .array(
        z.strictObject({
          channel: z.enum(['sms', 'voice']),
          address: phoneNumber,
          /** When and how somebody proved that this method reaches this person. */
          verified: z.boolean().default(false),
        }),
      )
      .default([]),
    ...profileFile,
  }),
);
export type StaffFile = z.infer<typeof staffFile>;
type OnePerson = StaffFile[number];

/** Brings the staff of a program to what a file says. Idempotent; answers name what changed. */
@Injectable()
export class StaffApply {
  constructor(
    private readonly store: StaffStore,
    private readonly profiles: ProfilesApply,
    private readonly changes: StaffChanges,
    private readonly vault: Vault,
    private readonly index: BlindIndex,
    private readonly audit: Audit,
  ) {}

  async apply(tx: Tx, programId: string, file: StaffFile): Promise<string[]> {
    const changes: string[] = [];
    for (const one of file) {
      const changed = await this.applyOne(tx, programId, one);
      if (changed.length > 0) changes.push(`staff ${one.key}: ${changed.join(', ')}`);
    }
    changes.push(...(await this.letGo(tx, programId, file)));
    if (changes.length > 0) {
      await this.changes.tell(tx, await this.store.programsBeside(tx.db, programId));
    }
    return changes;
  }

  /** Whoever the file does not name any more has no role in the program from now on. */
  private async letGo(tx: Tx, programId: string, file: StaffFile): Promise<string[]> {
    const named = new Set(file.map(({ key }) => key));
    const members = await this.store.membersOf(tx.db, programId);
    const gone = members.filter(({ key }) => !named.has(key));
    for (const { id } of gone) {
      await this.store.setRoles(tx.db, id, programId, []);
      this.record(tx, id, { programId, roles: [], changed: ['left'] });
    }
    return gone.map(({ key }) => `staff ${key}: left`);
  }

  private async applyOne(tx: Tx, programId: string, one: OnePerson): Promise<string[]> {
    const existing = await this.store.byKey(one.key, tx.db);
    const id = existing?.id ?? newId();
    await this.refuseKnownEmail(tx, id, one);
    const key = await this.vault.createOrOpen(tx, { type: 'staff', id });
    const row = existing ?? this.newPerson(tx, id, key, one);
    const changed = existing ? await this.updatePerson(tx, row, key, one) : ['new'];
    if (!existing) await this.store.insert(tx.db, row);
    const profile = await this.profiles.apply(tx, row, key, one);
    changed.push(...profile.changed);
    const roles = await this.store.rolesOf(id, tx.db);
    const held = roles.flatMap((each) => (each.programId === programId ? [each.role] : []));
    if ([...held].sort().join() !== [...one.roles].sort().join()) {
      await this.store.setRoles(tx.db, id, programId, one.roles);
      changed.push('roles');
    }
    changed.push(...(await this.applyMethods(tx, id, key, one)));
    const { before, after } = profile;
    const told = Object.keys(after).length > 0 && { before, after };
    const what = { programId, roles: one.roles, changed, ...told };
    if (changed.length > 0) this.record(tx, id, what);
    return changed;
  }

  /** Whoever signs in with an e-mail is one person. */
  private async refuseKnownEmail(tx: Tx, id: string, { key, email }: OnePerson): Promise<void> {
    const emailIndex = this.emailIndex(email);
    const owner = emailIndex && (await this.store.ownerOfEmail(tx.db, emailIndex));
    if (!owner || owner.id === id) return;
    throw new Rejection('unprocessable', `staff.${key}: its e-mail is that of ${owner.key}.`);
  }

  private emailIndex(email: string | undefined): Buffer | null {
    return email ? this.index.of('staff.email', email.toLowerCase()) : null;
  }

  private newPerson(tx: Tx, id: string, key: DataKey, one: OnePerson): StaffRow {
    const { name, email, emailIndex } = this.sealed(id, key, one);
    return {
      id,
      key: one.key,
      name,
      email,
      emailIndex,
      passwordHash: null,
      languages: [],
      gender: null,
      createdAt: tx.now,
      disabledAt: null,
    };
  }

  private async updatePerson(
    tx: Tx,
    row: StaffRow,
    key: DataKey,
    one: OnePerson,
  ): Promise<string[]> {
    const sealed = this.sealed(row.id, key, one);
    const sameName = key.open(namePlace(row.id), row.name) === one.name;
    const sameEmail = (row.emailIndex?.toString('hex') ?? null) === sealed.emailHex;
    if (sameName && sameEmail) return [];
    await this.store.update(tx.db, row.id, {
      name: sealed.name,
      email: sealed.email,
      emailIndex: sealed.emailIndex,
    });
    return ['name or e-mail'];
  }

  private sealed(id: string, key: DataKey, one: OnePerson) {
    const email = one.email?.toLowerCase();
    const emailIndex = this.emailIndex(email);
    const place = { table: 'staff', row: id, column: 'email' };
    return {
      name: key.seal(namePlace(id), one.name),
      email: email ? key.seal(place, email) : null,
      emailIndex,
      emailHex: emailIndex?.toString('hex') ?? null,
    };
  }

  /** A file that lists no method leaves them alone; what it does not list is used no more. */
  private async applyMethods(
    tx: Tx,
    staffId: string,
    key: DataKey,
    one: OnePerson,
  ): Promise<string[]> {
    const existing = await this.store.methodsOf(staffId, tx.db);
    const listed = new Set<string>();
    const changed: string[] = [];
    for (const [position, method] of one.contactMethods.entries()) {
      const addressIndex = this.index.of('staff.phone', method.address);
      const known = existing.find(
        (row) => row.channel === method.channel && row.addressIndex.equals(addressIndex),
      );
      if (known) {
        listed.add(known.id);
        changed.push(...(await this.updateMethod(tx, known, { ...method, position })));
      } else {
        await this.insertMethod(tx, staffId, key, { ...method, addressIndex, position });
        changed.push(`${method.channel} added`);
      }
    }
    const dropped = existing.filter(({ id, disabledAt }) => !listed.has(id) && disabledAt === null);
    if (one.contactMethods.length === 0) return changed;
    for (const { id, channel } of dropped) {
      const change = { disabledAt: tx.now, disabledReason: 'removed' };
      await this.store.updateMethod(tx.db, id, change);
      changed.push(`${channel} removed`);
    }
    return changed;
  }

  /** Only proof in the file brings back a method that an earlier file had dropped. */
  private async updateMethod(
    tx: Tx,
    row: ContactMethodRow,
    { position, verified }: { position: number; verified: boolean },
  ): Promise<string[]> {
    const changed: string[] = [];
    const change: Partial<ContactMethodRow> = {};
    if (row.position !== position) {
      change.position = position;
      changed.push(`${row.channel} moved`);
    }
    const isBack = row.disabledReason === 'removed';
    if (verified && (row.verifiedAt === null || isBack)) {
      change.verifiedAt = tx.now;
      if (isBack) Object.assign(change, { disabledAt: null, disabledReason: null });
      changed.push(`${row.channel} verified`);
    }
    if (changed.length > 0) await this.store.updateMethod(tx.db, row.id, change);
    return changed;
  }

  private async insertMethod(
    tx: Tx,
    staffId: string,
    key: DataKey,
    method: OnePerson['contactMethods'][number] & { addressIndex: Buffer; position: number },
  ): Promise<void> {
    const { channel, address, addressIndex, position, verified } = method;
    const id = newId();
    await this.store.insertMethod(tx.db, {
      id,
      staffId,
      channel,
      address: key.seal({ table: 'contact_methods', row: id, column: 'address' }, address),
      addressIndex,
      position,
      verifiedAt: verified ? tx.now : null,
      disabledAt: null,
      disabledReason: null,
      testedAt: null,
      testFailedAt: null,
    });
  }

  private record(tx: Tx, staffId: string, body: JsonObject): void {
    this.audit.record(tx, {
      stream: 'config',
      action: 'staff.applied',
      actor: { type: 'operator' },
      subjectRef: staffId,
      body,
    });
  }
}
