import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { FlagRow } from '../flag.row.js';

const listedMax = 100;

@Injectable()
export class ReviewStore {
  /** Those that name one of these programs, or none; newest first, at most 100. */
  list(db: EntityManager, programIds: readonly string[]): Promise<FlagRow[]> {
    return db
      .createQueryBuilder(FlagRow, 'f')
      .where(`f.joined_as = 'review'`)
      .andWhere('(f.program_id is null or f.program_id = any (:programIds))', { programIds })
      .orderBy('f.received_at', 'DESC')
      .limit(listedMax)
      .getMany();
  }

  /** Locked; null when there is none for these programs. */
  lock(db: EntityManager, id: string, programIds: readonly string[]): Promise<FlagRow | null> {
    return db
      .createQueryBuilder(FlagRow, 'f')
      .where(`f.id = :id and f.joined_as = 'review'`, { id })
      .andWhere('(f.program_id is null or f.program_id = any (:programIds))', { programIds })
      .setLock('pessimistic_write')
      .getOne();
  }

  markReviewed(db: EntityManager, id: string, by: { at: Date; staffId: string }): Promise<unknown> {
    return db.update(FlagRow, { id }, { reviewedAt: by.at, reviewedBy: by.staffId });
  }

  /** One more came from where this one came from, and was not kept. */
  countAnother(db: EntityManager, id: string, now: Date): Promise<unknown> {
    return db.query(
      `update flags set merged_count = merged_count + 1, last_merged_at = $2 where id = $1`,
      [id, now],
    );
  }
}
