import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { accessStream } from '../audit/rules/event.js';
import { BlindIndex } from '../platform/crypto/blind-index.js';
import { hashToken, newToken } from '../platform/crypto/tokens.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { Passwords } from './passwords.service.js';
import type { Person } from './rules/permissions.js';
import { type Session, Sessions } from './sessions/sessions.service.js';
import { SignInLimits } from './sessions/sign-in-limits.js';
import { StaffStore } from './staff.store.js';

export interface Credentials {
  email: string;
  password: string;
  /** Where the request came from; kept only as a keyed hash. */
  ip: string;
}

export type SignInResult =
  { outcome: 'signed_in'; token: string } | { outcome: 'refused' } | { outcome: 'too_many' };

/** Turns what a request carries into a person. */
@Injectable()
export class SignIn {
  constructor(
    private readonly store: StaffStore,
    private readonly sessions: Sessions,
    private readonly passwords: Passwords,
    private readonly limits: SignInLimits,
    private readonly index: BlindIndex,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** Null: no such token, revoked, or its owner is disabled. */
  async byToken(token: string): Promise<Person | null> {
    const row = await this.store.tokenByHash(hashToken(token));
    return row === null ? null : this.person(row.staffId, 'token');
  }

  /** Null: no such session, or its owner is disabled. Roles are read anew each time. */
  async bySession(
    token: string,
    isActivity: boolean,
  ): Promise<{ person: Person; session: Session } | null> {
    const session = await this.sessions.find(token, isActivity);
    const person = session && (await this.person(session.staffId, 'session'));
    return person && { person, session };
  }

  /** An unknown account, one without a password and a wrong password are answered alike. */
  async withPassword({ email, password, ip }: Credentials): Promise<SignInResult> {
    const emailIndex = this.index.of('staff.email', email.trim().toLowerCase());
    const account = emailIndex.toString('base64url');
    if (!this.limits.mayTry(account, ip)) return { outcome: 'too_many' };
    const staff = await this.store.byEmail(emailIndex);
    const matches = await this.passwords.matches(staff?.passwordHash ?? null, password);
    if (matches === null) return { outcome: 'too_many' };
    if (!matches || staff === null) {
      await this.recordFailure(staff?.id ?? null, ip);
      return { outcome: 'refused' };
    }
    this.limits.forget(account, ip);
    return { outcome: 'signed_in', token: await this.begin(staff.id, ip) };
  }

  async signOut({ id, staffId }: Session): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.end(tx, id);
      this.audit.record(tx, {
        stream: accessStream(staffId, tx.now),
        action: 'staff.signed_out',
        actor: { type: 'staff', id: staffId },
        sessionId: id,
      });
    });
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

  private begin(staffId: string, ip: string): Promise<string> {
    return this.unitOfWork.run(async (tx) => {
      const { id, token } = await this.sessions.begin(tx, staffId);
      this.audit.record(tx, {
        stream: accessStream(staffId, tx.now),
        action: 'staff.signed_in',
        actor: { type: 'staff', id: staffId },
        sessionId: id,
        ip,
      });
      return token;
    });
  }

  private async recordFailure(staffId: string | null, ip: string): Promise<void> {
    await this.unitOfWork.run(async (tx) =>
      this.audit.record(tx, {
        stream: staffId === null ? 'system' : accessStream(staffId, tx.now),
        action: 'staff.sign_in_failed',
        actor: staffId === null ? { type: 'system' } : { type: 'staff', id: staffId },
        ip,
        outcome: 'failed',
      }),
    );
  }

  private async person(staffId: string, via: Person['via']): Promise<Person | null> {
    const staff = await this.store.byId(staffId);
    if (staff === null || staff.disabledAt !== null) return null;
    return { staffId, memberships: await this.store.rolesOf(staffId), via };
  }
}
