import { Injectable } from '@nestjs/common';
import { BlindIndex } from '../../platform/crypto/blind-index.js';
import { hashToken, newToken, sameBytes } from '../../platform/crypto/tokens.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { SessionsStore } from './sessions.store.js';

/** Pages with participant data stay open this long without anything being done. */
const idleMs = 15 * 60_000;
/** After this everybody signs in again. */
const absoluteMs = 12 * 60 * 60_000;

/** Somebody's sign-in in one browser. */
export interface Session {
  id: string;
  staffId: string;
  idle: boolean;
  /** What every form of this session carries, and no other site can know. */
  csrf: string;
}

@Injectable()
export class Sessions {
  constructor(
    private readonly store: SessionsStore,
    private readonly index: BlindIndex,
  ) {}

  /** The token is for the cookie alone; only its hash is kept. */
  async begin(tx: Tx, staffId: string): Promise<{ id: string; token: string }> {
    const id = newId();
    const token = newToken(256);
    await this.store.insert(tx.db, {
      id,
      staffId,
      tokenHash: hashToken(token),
      createdAt: tx.now,
      expiresAt: new Date(tx.now.getTime() + absoluteMs),
    });
    return { id, token };
  }

  /** Null: unknown, ended or older than 12 hours. `isActivity` keeps it from lying idle. */
  async find(token: string, isActivity: boolean): Promise<Session | null> {
    const live = await this.store.live(hashToken(token), idleMs);
    if (live === null) return null;
    const { id, staffId, idle, stale } = live;
    if (isActivity && stale && !idle) await this.store.touch(id);
    return { id, staffId, idle, csrf: this.csrfOf(token) };
  }

  async end(tx: Tx, id: string): Promise<void> {
    await this.store.end(tx.db, id, tx.now);
  }

  /** Whether a form was made for this session; takes the same time wherever they differ. */
  isOwnForm({ csrf }: Session, stated: string): boolean {
    return sameBytes(hashToken(csrf), hashToken(stated));
  }

  private csrfOf(token: string): string {
    return this.index.of('session.csrf', token).toString('base64url');
  }
}
