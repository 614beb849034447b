import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { WatchedKind } from '../rules/gap-stages.js';
import type { Stretch } from '../rules/watched-stretches.js';

/** A stretch ahead that somebody has to be told of, until it is covered or over. */
@Entity('coverage_gaps')
export class CoverageGapRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') programId: string;
  @Column('uuid', { nullable: true }) scheduleId: string | null;
  @Column('text') kind: WatchedKind;
  @Column('timestamptz') fromAt: Date;
  @Column('timestamptz') toAt: Date;
  @Column('text') why: Stretch['why'];
  @Column('uuid', { nullable: true }) acceptedBy: string | null;
  @Column('smallint') stagesTold: number;
  @Column('timestamptz') foundAt: Date;
  /** When somebody is told next, or when it is over; null when it is gone. */
  @Column('timestamptz', { nullable: true }) dueAt: Date | null;
  @Column('timestamptz', { nullable: true }) goneAt: Date | null;
}
