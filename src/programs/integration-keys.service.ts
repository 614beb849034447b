import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { hashToken, newToken } from '../platform/crypto/tokens.js';
import { Database } from '../platform/db/database.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { inTime } from '../platform/db/in-time.js';
import { Rejection } from '../platform/http/rejection.js';
import { newId } from '../platform/ids.js';
import type { IntegrationKeyRow } from './integration-key.row.js';
import { ProgramsStore } from './programs.store.js';

/** How long a key that is remembered waits for the database to confirm it. */
const patienceMs = 500;

/** Who posts flags for a program: an app's server, a partner. */
export interface Client {
  id: string;
  programId: string;
}

/**
 * Keys of integrations. Their hashes are kept in memory: a dead database does not close the door.
 */
@Injectable()
export class IntegrationKeys implements OnApplicationBootstrap {
  private readonly remembered = new Map<string, Client>();

  constructor(
    private readonly store: ProgramsStore,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  onApplicationBootstrap(): void {
    this.database.whenConnected(() => this.rememberAll());
  }

  /** Null: unknown or revoked. Throws only when the database is dead and the key was never seen. */
  async identify(key: string): Promise<Client | null> {
    const hash = hashToken(key);
    const name = hash.toString('hex');
    try {
      const known = this.remembered.has(name);
      const asked = this.store.keyByHash(hash);
      const row = await (known ? inTime(asked, patienceMs) : asked);
      return row === null ? this.forget(name) : this.remember(row);
    } catch (error) {
      // Safe: a key that was good when last seen may still ask for help.
      const known = this.remembered.get(name);
      if (known) return known;
      throw error;
    }
  }

  private async rememberAll(): Promise<void> {
    for (const row of await this.store.liveKeys()) this.remember(row);
  }

  /**
   * The key is returned once and never again: 256 random bits, base64url. Keys of the same name
   * stand beside each other until they are revoked, so that an integration can change over.
   */
  async create(tx: Tx, programId: string, name: string): Promise<string> {
    const key = newToken(256);
    await this.insert(tx, programId, name, hashToken(key));
    return key;
  }

  /** For a key whose value the operator brings along; the same name again replaces the old key. */
  async keep(tx: Tx, programId: string, name: string, key: string): Promise<boolean> {
    const keyHash = hashToken(key);
    const live = await this.liveOf(tx, programId, name);
    if (live.some((row) => row.keyHash.equals(keyHash))) return false;
    await this.refuseKnown(tx, name, keyHash);
    await this.revoke(tx, programId, name);
    await this.insert(tx, programId, name, keyHash);
    return true;
  }

  /** A key says whose flag it is and by which integration, for good. */
  private async refuseKnown(tx: Tx, name: string, keyHash: Buffer): Promise<void> {
    const known = await this.store.everyKeyByHash(tx.db, keyHash);
    if (known === null) return;
    const why = known.revokedAt === null ? 'is in use elsewhere' : 'was revoked';
    const text = `program.integrationKeys: ${name} has a key that ${why}; make a new one.`;
    throw new Rejection('unprocessable', text);
  }

  /** Every live key of that name is refused from the commit on; how many there were. */
  async revoke(tx: Tx, programId: string, name: string): Promise<number> {
    const live = await this.liveOf(tx, programId, name);
    for (const { id } of live) {
      await this.store.revokeKey(tx.db, id, tx.now);
      this.record(tx, 'integration_key.revoked', id, programId);
    }
    return live.length;
  }

  private async liveOf(tx: Tx, programId: string, name: string): Promise<IntegrationKeyRow[]> {
    const rows = await this.store.keysOf(tx.db, programId);
    return rows.filter((row) => row.name === name && row.revokedAt === null);
  }

  private async insert(tx: Tx, programId: string, name: string, keyHash: Buffer): Promise<void> {
    const id = newId();
    const row = { id, programId, name, keyHash, createdAt: tx.now, revokedAt: null };
    await this.store.insertKey(tx.db, row);
    this.record(tx, 'integration_key.created', id, programId);
  }

  private record(
    tx: Tx,
    action: 'integration_key.created' | 'integration_key.revoked',
    id: string,
    programId: string,
  ): void {
    this.audit.record(tx, {
      stream: 'config',
      action,
      actor: { type: 'operator' },
      subjectRef: id,
      body: { programId },
    });
  }

  private remember(row: IntegrationKeyRow): Client {
    const client = { id: row.id, programId: row.programId };
    this.remembered.set(row.keyHash.toString('hex'), client);
    return client;
  }

  private forget(name: string): null {
    this.remembered.delete(name);
    return null;
  }
}
