import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Rotation } from './rules/rotation.js';

/** A named list of people who take turns; `rotation.members` are staff ids. */
@Entity('schedules')
export class ScheduleRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') programId: string;
  @Column('text') key: string;
  @Column('text') name: string;
  @Column('jsonb') rotation: Rotation;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') updatedAt: Date;
}
