import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Override } from '../rules/schedule.js';

/** A change to who is on call for a while; withdrawn it stays on record. */
@Entity('schedule_overrides')
export class OverrideRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') scheduleId: string;
  @Column('text') kind: Override['kind'];
  @Column('timestamptz') fromAt: Date;
  @Column('timestamptz') toAt: Date;
  @Column('uuid', { nullable: true }) incoming: string | null;
  @Column('uuid', { nullable: true }) outgoing: string | null;
  @Column('text') reason: string;
  @Column('uuid', { nullable: true }) swapId: string | null;
  /** How a program's file names it. */
  @Column('text', { nullable: true }) fileKey: string | null;
  /** Why whoever made it takes the gap that it opens upon themselves. */
  @Column('text', { nullable: true }) acceptedGapReason: string | null;
  @Column('text') madeVia: 'staff' | 'file' | 'check_in' | 'swap';
  /** Of a file: who accepts the gap that it opens. */
  @Column('uuid', { nullable: true }) madeBy: string | null;
  @Column('timestamptz') madeAt: Date;
  @Column('uuid', { nullable: true }) withdrawnBy: string | null;
  @Column('timestamptz', { nullable: true }) withdrawnAt: Date | null;
}
