import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../db/unit-of-work.js';
import { decrypt, encrypt } from './cipher.js';
import { CryptoConfig, type RingKey } from './crypto.config.js';
import { DataKey } from './data-key.js';
import { DataKeysStore, type WrappedDataKey } from './data-keys.store.js';

/** Whose data a key protects. */
export interface Subject {
  type: 'participant' | 'flag' | 'staff';
  /** A UUID, unique over all types. */
  id: string;
}

const dataKeyBytes = 32;

/** One data key per subject, wrapped under the key ring: without it the subject's data is gone. */
@Injectable()
export class Vault {
  private readonly ring: ReadonlyMap<string, Buffer>;

  constructor(
    private readonly config: CryptoConfig,
    private readonly store: DataKeysStore,
  ) {
    this.ring = new Map(config.keyRing.map(({ id, key }) => [id, key]));
  }

  /** For a subject made in this very transaction, which fails when it has a key already. */
  create(tx: Tx, subject: Subject): DataKey {
    const { key, row } = this.newKey(subject);
    this.store.insert(tx, row);
    return new DataKey(key);
  }

  /** Throws when the subject's key was destroyed: what was erased does not come back. */
  async createOrOpen(tx: Tx, subject: Subject): Promise<DataKey> {
    const key =
      (await this.open(tx.db, subject.id)) ??
      (await this.tryCreate(tx, subject)) ??
      (await this.open(tx.db, subject.id));
    if (key === null) throw new Error(`The data key of subject ${subject.id} was destroyed.`);
    return key;
  }

  /** Null when there is no key, or none any more. */
  async open(db: Tx['db'], subjectId: string): Promise<DataKey | null> {
    const keys = await this.openMany(db, [subjectId]);
    return keys.get(subjectId) ?? null;
  }

  /** By subject id; subjects without a key, or with a destroyed one, are left out. */
  async openMany(db: Tx['db'], subjectIds: readonly string[]): Promise<Map<string, DataKey>> {
    const keys = new Map<string, DataKey>();
    if (subjectIds.length === 0) return keys;
    for (const row of await this.store.find(db, subjectIds)) {
      if (row.wrapped !== null) keys.set(row.subjectId, this.unwrap(row, row.wrapped));
    }
    return keys;
  }

  /** Erases: everything sealed under this key is unreadable from the commit on, for good. */
  async destroy(tx: Tx, subjectId: string): Promise<void> {
    await this.store.destroy(tx, subjectId);
  }

  private async tryCreate(tx: Tx, subject: Subject): Promise<DataKey | null> {
    const { key, row } = this.newKey(subject);
    return (await this.store.insertUnlessThere(tx, row)) ? new DataKey(key) : null;
  }

  private newKey({ id, type }: Subject): { key: Buffer; row: WrappedDataKey } {
    const key = randomBytes(dataKeyBytes);
    const ringKey = this.encryptingKey();
    const row = { subjectId: id, subjectType: type, ringKeyId: ringKey.id };
    return { key, row: { ...row, wrapped: encrypt(ringKey.key, key, bindings(row)) } };
  }

  private unwrap(row: WrappedDataKey, wrapped: Buffer): DataKey {
    const ringKey = this.ring.get(row.ringKeyId);
    if (ringKey === undefined) {
      throw new Error(`Encryption key ${row.ringKeyId} is needed but not in the key ring.`);
    }
    return new DataKey(decrypt(ringKey, wrapped, bindings(row)));
  }

  private encryptingKey(): RingKey {
    const [first] = this.config.keyRing;
    if (first === undefined) throw new Error('The key ring is empty.');
    return first;
  }
}

const bindings = (row: Omit<WrappedDataKey, 'wrapped'>): string[] => [
  'data-key',
  row.subjectType,
  row.subjectId,
  row.ringKeyId,
];
