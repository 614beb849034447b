import { Injectable } from '@nestjs/common';
import { insertion } from '../db/statements.js';
import type { Tx } from '../db/unit-of-work.js';

export interface WrappedDataKey {
  subjectId: string;
  subjectType: string;
  ringKeyId: string;
  /** Null once destroyed. */
  wrapped: Buffer | null;
}

@Injectable()
export class DataKeysStore {
  insert(tx: Tx, row: WrappedDataKey): void {
    tx.write(insertion('data_keys', { ...row, createdAt: tx.now }));
  }

  /** Says whether this row is the one that now stands; false when the subject has a key already. */
  async insertUnlessThere(tx: Tx, row: WrappedDataKey): Promise<boolean> {
    const inserted = await tx.db.query<unknown[]>(
      `insert into data_keys (subject_id, subject_type, ring_key_id, wrapped, created_at)
       values ($1, $2, $3, $4, $5)
       on conflict (subject_id) do nothing
       returning subject_id`,
      [row.subjectId, row.subjectType, row.ringKeyId, row.wrapped, tx.now],
    );
    return inserted.length === 1;
  }

  async find(db: Tx['db'], subjectIds: readonly string[]): Promise<WrappedDataKey[]> {
    return db.query<WrappedDataKey[]>(
      `select subject_id as "subjectId", subject_type as "subjectType",
              ring_key_id as "ringKeyId", wrapped
       from data_keys where subject_id = any($1::uuid[])`,
      [subjectIds],
    );
  }

  async destroy(tx: Tx, subjectId: string): Promise<void> {
    await tx.db.query(
      `update data_keys set wrapped = null, destroyed_at = $2
       where subject_id = $1 and destroyed_at is null`,
      [subjectId, tx.now],
    );
  }
}
