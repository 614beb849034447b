import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { hashToken, newToken } from '../platform/crypto/tokens.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import type { Person } from './rules/permissions.js';
import { StaffStore } from './staff.store.js';

/** Turns what a request carries into a person. */
@Injectable()
export class SignIn {
  constructor(
    private readonly store: StaffStore,
    private readonly audit: Audit,
  ) {}

  /** Null: no such token, revoked, or its owner is disabled. */
  async byToken(token: string): Promise<Person | null> {
    const row = await this.store.tokenByHash(hashToken(token));
    return row === null ? null : this.person(row.staffId, 'token');
  }

  /** The token is returned once and never again. */
  async createToken(tx: Tx, staffId: string, name: string): Promise<string> {
    const token = newToken(256);
    const id = newId();
    await this.store.insertToken(tx.db, {
      id,
      staffId,
      name,
      tokenHash: hashToken(token),
      createdAt: tx.now,
      revokedAt: null,
    });
    this.audit.record(tx, {
      stream: 'config',
      action: 'token.created',
      actor: { type: 'operator' },
      subjectRef: staffId,
      body: { tokenId: id, name },
    });
    return token;
  }

  private async person(staffId: string, via: Person['via']): Promise<Person | null> {
    const staff = await this.store.byId(staffId);
    if (staff === null || staff.disabledAt !== null) return null;
    return { staffId, memberships: await this.store.rolesOf(staffId), via };
  }
}
