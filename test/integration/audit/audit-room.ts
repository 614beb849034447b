import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Audit } from '../../../src/audit/audit.service.js';
import { AuditEventsStore } from '../../../src/audit/audit-events.store.js';
import { AuditVerification } from '../../../src/audit/audit-verification.service.js';
import { BlindIndex } from '../../../src/platform/crypto/blind-index.js';
import { CryptoConfig } from '../../../src/platform/crypto/crypto.config.js';
import { DataKeysStore } from '../../../src/platform/crypto/data-keys.store.js';
import { Vault } from '../../../src/platform/crypto/vault.js';
import { dataSourceOptions } from '../../../src/platform/db/connection/data-source.js';
import { UnitOfWork } from '../../../src/platform/db/unit-of-work.js';
import { createTestDatabase, runSql } from '../../support/database.js';

export type AuditRoom = Awaited<ReturnType<typeof openAuditRoom>>;

export const newRingKey = (id: string) => ({ id, key: randomBytes(32) });

/** The log and the vault over a fresh database. */
export async function openAuditRoom() {
  const database = await createTestDatabase();
  const dataSource = new DataSource(dataSourceOptions(database.appUrl, []));
  await dataSource.initialize();
  const work = new UnitOfWork(dataSource, { ringAll: () => undefined });
  const config = new CryptoConfig([newRingKey('k1')], randomBytes(32));
  const store = new AuditEventsStore();
  return {
    database,
    work,
    config,
    audit: new Audit(store, new BlindIndex(config)),
    verification: new AuditVerification(work, store),
    vault: new Vault(config, new DataKeysStore()),
    asAdmin: (sql: string) => runSql(database.adminUrl, sql),
    async close() {
      await dataSource.destroy();
      await database.drop();
    },
  };
}
