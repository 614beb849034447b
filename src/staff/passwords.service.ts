import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { Rejection } from '../platform/http/rejection.js';
import { SessionsStore } from './sessions/sessions.store.js';
import { StaffStore } from './staff.store.js';

const lengthMin = 12;
const lengthMax = 200;
/** Argon2id, the library's default algorithm, with the least OWASP recommends; memory in KiB. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const checksAtOnceMax = 8;

/** Passwords of staff, kept as argon2id hashes. */
@Injectable()
export class Passwords {
  private checking = 0;
  /** Made at once: the first unknown account must not take longer than the next. */
  private readonly hashOfNobody = hash('nobody has this password', cost);

  constructor(
    private readonly store: StaffStore,
    private readonly sessions: SessionsStore,
    private readonly audit: Audit,
  ) {}

  async isSet(staffId: string): Promise<boolean> {
    return ((await this.store.byId(staffId))?.passwordHash ?? null) !== null;
  }

  /** 12 to 200 characters. Ends every session of the person. */
  async set(tx: Tx, staffId: string, password: string): Promise<void> {
    if (password.length < lengthMin || password.length > lengthMax) {
      const text = `A password has ${lengthMin} to ${lengthMax} characters.`;
      throw new Rejection('unprocessable', text, 'unfit_password');
    }
    const passwordHash = await hash(password.normalize('NFKC'), cost);
    await this.store.update(tx.db, staffId, { passwordHash });
    await this.sessions.endAllOf(tx.db, staffId, tx.now);
    this.audit.record(tx, {
      stream: 'config',
      action: 'staff.password_set',
      actor: { type: 'operator' },
      subjectRef: staffId,
    });
  }

  /** Takes the same time with a hash as without one. Null: too many are being checked just now. */
  async matches(passwordHash: string | null, password: string): Promise<boolean | null> {
    if (this.checking >= checksAtOnceMax) return null;
    this.checking += 1;
    try {
      const against = passwordHash ?? (await this.hashOfNobody);
      const same = await verify(against, password.slice(0, lengthMax).normalize('NFKC'));
      return same && passwordHash !== null;
    } finally {
      this.checking -= 1;
    }
  }
}
