import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import { BlindIndex } from '../platform/crypto/blind-index.js';
import type { DataKey } from '../platform/crypto/data-key.js';
import { Vault } from '../platform/crypto/vault.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { phoneNumber } from '../programs/phone-number.js';
import { namePlace } from './staff.service.js';
import { StaffStore } from './staff.store.js';
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
  }),
);
export type StaffFile = z.infer<typeof staffFile>;
type OnePerson = StaffFile[number];

/** Brings the staff of a program to what a file says. Idempotent; answers name what changed. */
@Injectable()
export class StaffApply {
  constructor(
    private readonly store: StaffStore,
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
    return changes;
  }

  private async applyOne(tx: Tx, programId: string, one: OnePerson): Promise<string[]> {
    const existing = await this.store.byKey(one.key, tx.db);
    const id = existing?.id ?? newId();
    const key = await this.vault.createOrOpen(tx, { type: 'staff', id });
    const changed = existing
      ? await this.updatePerson(tx, existing, key, one)
      : await this.insertPerson(tx, id, key, one);
    const roles = await this.store.rolesOf(id, tx.db);
    const held = roles.filter((row) => row.programId === programId).map(({ role }) => role);
    if ([...held].sort().join() !== [...one.roles].sort().join()) {
      await this.store.setRoles(tx.db, id, programId, one.roles);
      changed.push('roles');
    }
    changed.push(...(await this.applyMethods(tx, id, key, one)));
    if (changed.length > 0) this.record(tx, id, programId, one, changed);
    return changed;
  }

  private async insertPerson(tx: Tx, id: string, key: DataKey, one: OnePerson): Promise<string[]> {
    await this.store.insert(tx.db, {
      id,
      key: one.key,
      ...this.sealed(id, key, one),
      passwordHash: null,
      createdAt: tx.now,
      disabledAt: null,
    });
    return ['new'];
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
    const emailIndex = email ? this.index.of('staff.email', email) : null;
    const place = { table: 'staff', row: id, column: 'email' };
    return {
      name: key.seal(namePlace(id), one.name),
      email: email ? key.seal(place, email) : null,
      emailIndex,
      emailHex: emailIndex?.toString('hex') ?? null,
    };
  }

  private async applyMethods(
    tx: Tx,
    staffId: string,
    key: DataKey,
    one: OnePerson,
  ): Promise<string[]> {
    const existing = await this.store.methodsOf(staffId, tx.db);
    const changed: string[] = [];
    for (const [position, method] of one.contactMethods.entries()) {
      const addressIndex = this.index.of('staff.phone', method.address);
      const known = existing.find(
        (row) => row.channel === method.channel && row.addressIndex.equals(addressIndex),
      );
      if (known) {
        if (!method.verified || known.verifiedAt) continue;
        await this.store.updateMethod(tx.db, known.id, { verifiedAt: tx.now });
        changed.push(`${method.channel} verified`);
        continue;
      }
      const id = newId();
      const place = { table: 'contact_methods', row: id, column: 'address' };
      await this.store.insertMethod(tx.db, {
        id,
        staffId,
        channel: method.channel,
        address: key.seal(place, method.address),
        addressIndex,
        position,
        verifiedAt: method.verified ? tx.now : null,
        disabledAt: null,
        disabledReason: null,
      });
      changed.push(`${method.channel} added`);
    }
    return changed;
  }

  private record(
    tx: Tx,
    staffId: string,
    programId: string,
    one: OnePerson,
    changed: string[],
  ): void {
    this.audit.record(tx, {
      stream: 'config',
      action: 'staff.applied',
      actor: { type: 'operator' },
      subjectRef: staffId,
      body: { programId, roles: one.roles, changed },
    });
  }
}
