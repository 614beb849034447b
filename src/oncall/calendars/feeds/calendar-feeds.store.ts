import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { CalendarFeedRow } from './calendar-feed.row.js';

@Injectable()
export class CalendarFeedsStore {
  insert(db: EntityManager, row: CalendarFeedRow): Promise<unknown> {
    return db.insert(CalendarFeedRow, row);
  }

  byHash(db: EntityManager, tokenHash: Buffer): Promise<CalendarFeedRow | null> {
    return db.findOneBy(CalendarFeedRow, { tokenHash, revokedAt: IsNull() });
  }

  /** Live ones that show somebody's shifts or were made by them, the newest first. */
  of(db: EntityManager, staffId: string): Promise<CalendarFeedRow[]> {
    return db.find(CalendarFeedRow, {
      where: [
        { staffId, revokedAt: IsNull() },
        { createdBy: staffId, revokedAt: IsNull() },
      ],
      order: { createdAt: 'DESC', id: 'ASC' },
    });
  }

  countMadeBy(db: EntityManager, createdBy: string): Promise<number> {
    return db.countBy(CalendarFeedRow, { createdBy, revokedAt: IsNull() });
  }

  /** Held until the end of the transaction, so that it is revoked once. */
  hold(db: EntityManager, id: string): Promise<CalendarFeedRow | null> {
    return db
      .createQueryBuilder(CalendarFeedRow, 'f')
      .where('f.id = :id and f.revoked_at is null', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  revoke(db: EntityManager, id: string, revokedAt: Date): Promise<unknown> {
    return db.update(CalendarFeedRow, { id }, { revokedAt });
  }

  noteRead(db: EntityManager, id: string, lastReadAt: Date): Promise<unknown> {
    return db.update(CalendarFeedRow, { id }, { lastReadAt });
  }
}
