import { Injectable } from '@nestjs/common';
import { BlindIndex } from '../../platform/crypto/blind-index.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import type { FlagRow } from '../flag.row.js';
import { FlagsStore } from '../flags.store.js';

export interface KeyedBody {
  /** Null: the help page. */
  clientId: string | null;
  idempotencyKey: string | null;
  raw: string;
}

/** One flag for one key and body, however often it is sent; another body is another flag. */
@Injectable()
export class Idempotency {
  constructor(
    private readonly store: FlagsStore,
    private readonly index: BlindIndex,
  ) {}

  /** What came under this key; `same` when it was this very body. */
  async before(tx: Tx, body: KeyedBody): Promise<{ row: FlagRow; same: boolean } | null> {
    const { clientId, idempotencyKey, raw } = body;
    if (idempotencyKey === null) return null;
    const row = await this.find(tx.db, clientId, idempotencyKey);
    if (row === null) return null;
    if (row.fingerprint.equals(this.fingerprint(raw))) return { row, same: true };
    const other = await this.find(tx.db, clientId, this.keyOfOther(idempotencyKey, raw));
    return other ? { row: other, same: true } : { row, same: false };
  }

  /** The first flag that came under this key. */
  find(db: Tx['db'], clientId: string | null, idempotencyKey: string): Promise<FlagRow | null> {
    return this.store.byIdempotencyKey(db, clientId, this.blind(clientId, idempotencyKey));
  }

  /** A second body is kept under a key of its own, so that its repeat is recognized as well. */
  keyToStore({ clientId, idempotencyKey, raw }: KeyedBody, conflicts: boolean): string | null {
    if (idempotencyKey === null) return null;
    const key = conflicts ? this.keyOfOther(idempotencyKey, raw) : idempotencyKey;
    return this.blind(clientId, key);
  }

  fingerprint(raw: string): Buffer {
    return this.index.of('flag.fingerprint', raw);
  }

  private keyOfOther(idempotencyKey: string, raw: string): string {
    return `${idempotencyKey}#${this.fingerprint(raw).toString('base64url')}`;
  }

  /** Whatever somebody put into their key is not kept. */
  private blind(clientId: string | null, idempotencyKey: string): string {
    const value = `${clientId ?? 'help'} ${idempotencyKey}`;
    return this.index.of('flag.idempotency_key', value).toString('base64url');
  }
}
