import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ScheduleBody } from '../rules/schedule-schema.js';

/** Who takes turns, in layers; members in `body` are staff ids. */
@Entity('schedules')
export class ScheduleRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') programId: string;
  @Column('text') key: string;
  @Column('text') name: string;
  @Column('jsonb') body: ScheduleBody;
  /** Counted up by every change; an edit names the one that it was made from. */
  @Column('integer') version: number;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
}
