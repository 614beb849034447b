import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { IntegrationKeyRow } from './integration-key.row.js';
import { ProgramRow } from './program.row.js';

@Injectable()
export class ProgramsStore {
  constructor(private readonly dataSource: DataSource) {}

  byKey(key: string, db: EntityManager = this.dataSource.manager): Promise<ProgramRow | null> {
    return db.findOneBy(ProgramRow, { key });
  }

  byId(id: string, db: EntityManager = this.dataSource.manager): Promise<ProgramRow | null> {
    return db.findOneBy(ProgramRow, { id });
  }

  all(): Promise<ProgramRow[]> {
    return this.dataSource.manager.find(ProgramRow, { order: { key: 'ASC' } });
  }

  /** Programs that have any of these lines. */
  withLines(db: EntityManager, lines: string[]): Promise<ProgramRow[]> {
    return db.createQueryBuilder(ProgramRow, 'p').where('p.lines && :lines', { lines }).getMany();
  }

  insert(db: EntityManager, row: ProgramRow): Promise<unknown> {
    return db.insert(ProgramRow, row);
  }

  update(db: EntityManager, id: string, change: Partial<ProgramRow>): Promise<unknown> {
    return db.update(ProgramRow, { id }, change);
  }

  liveKeys(): Promise<IntegrationKeyRow[]> {
    return this.dataSource.manager.findBy(IntegrationKeyRow, { revokedAt: IsNull() });
  }

  keyByHash(keyHash: Buffer): Promise<IntegrationKeyRow | null> {
    return this.dataSource.manager.findOneBy(IntegrationKeyRow, { keyHash, revokedAt: IsNull() });
  }

  /** Also when it was revoked. */
  everyKeyByHash(db: EntityManager, keyHash: Buffer): Promise<IntegrationKeyRow | null> {
    return db.findOneBy(IntegrationKeyRow, { keyHash });
  }

  keysOf(db: EntityManager, programId: string): Promise<IntegrationKeyRow[]> {
    return db.findBy(IntegrationKeyRow, { programId });
  }

  insertKey(db: EntityManager, row: IntegrationKeyRow): Promise<unknown> {
    return db.insert(IntegrationKeyRow, row);
  }

  revokeKey(db: EntityManager, id: string, revokedAt: Date): Promise<unknown> {
    return db.update(IntegrationKeyRow, { id }, { revokedAt });
  }

  async policyInForce(db: EntityManager, programId: string): Promise<PolicyVersion | null> {
    const [row] = await db.query<PolicyVersion[]>(
      `select version, body from policies where program_id = $1 order by version desc limit 1`,
      [programId],
    );
    return row ?? null;
  }

  insertPolicy(
    db: EntityManager,
    policy: { id: string; programId: string; version: number; body: unknown; createdAt: Date },
  ): Promise<unknown> {
    return db.query(
      `insert into policies (id, program_id, version, body, created_at)
       values ($1, $2, $3, $4, $5)`,
      [policy.id, policy.programId, policy.version, JSON.stringify(policy.body), policy.createdAt],
    );
  }
}

export interface PolicyVersion {
  version: number;
  /** As published; its shape is the business of `cases`. */
  body: unknown;
}
