import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, LessThan, MoreThan } from 'typeorm';
import { OverrideRow } from './override.row.js';

@Injectable()
export class OverridesStore {
  byId(db: EntityManager, id: string): Promise<OverrideRow | null> {
    return db.findOneBy(OverrideRow, { id });
  }

  /** Those in force that meet a span, in the order in which they were made. */
  meeting(db: EntityManager, scheduleId: string, from: Date, to: Date): Promise<OverrideRow[]> {
    return db.find(OverrideRow, {
      where: { scheduleId, withdrawnAt: IsNull(), fromAt: LessThan(to), toAt: MoreThan(from) },
      order: { madeAt: 'ASC', id: 'ASC' },
    });
  }

  /** Those of a program's file that are not over. */
  ofFile(db: EntityManager, scheduleId: string, now: Date): Promise<OverrideRow[]> {
    return db.find(OverrideRow, {
      where: { scheduleId, madeVia: 'file', withdrawnAt: IsNull(), toAt: MoreThan(now) },
      order: { fromAt: 'ASC', id: 'ASC' },
    });
  }

  /** Those in force of these swaps. */
  ofSwaps(db: EntityManager, swapIds: readonly string[]): Promise<OverrideRow[]> {
    return db.find(OverrideRow, {
      where: { swapId: In([...swapIds]), withdrawnAt: IsNull() },
      order: { fromAt: 'ASC' },
    });
  }

  insert(db: EntityManager, rows: readonly OverrideRow[]): Promise<unknown> {
    return db.insert(OverrideRow, [...rows]);
  }

  update(db: EntityManager, id: string, change: Partial<OverrideRow>): Promise<unknown> {
    return db.update(OverrideRow, { id }, change);
  }
}
