import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ScheduleRow } from './schedule.row.js';

@Injectable()
export class SchedulesStore {
  byKey(db: EntityManager, programId: string, key: string): Promise<ScheduleRow | null> {
    return db.findOneBy(ScheduleRow, { programId, key });
  }

  insert(db: EntityManager, row: ScheduleRow): Promise<unknown> {
    return db.insert(ScheduleRow, row);
  }

  update(db: EntityManager, id: string, change: Partial<ScheduleRow>): Promise<unknown> {
    return db.update(ScheduleRow, { id }, change);
  }
}
