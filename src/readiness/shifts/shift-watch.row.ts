import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ShiftState } from '../rules/shift-clock.js';

/** One person's shift on one schedule, watched from an hour before it until its end. */
@Entity('shift_watches')
export class ShiftWatchRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') programId: string;
  @Column('uuid') scheduleId: string;
  @Column('uuid') staffId: string;
  @Column('timestamptz') fromAt: Date;
  @Column('timestamptz') toAt: Date;
  @Column('text') state: ShiftState;
  /** Null only when it is over. */
  @Column('timestamptz', { nullable: true }) dueAt: Date | null;
  /** When they were told that they go on. */
  @Column('timestamptz', { nullable: true }) toldAt: Date | null;
  /** How often they were paged to check in. */
  @Column('integer') asks: number;
  @Column('timestamptz', { nullable: true }) askedAt: Date | null;
  @Column('timestamptz', { nullable: true }) answeredAt: Date | null;
  @Column('text', { nullable: true }) answeredVia: string | null;
  @Column('timestamptz', { nullable: true }) missedAt: Date | null;
  /** When somebody else was put on call for them. */
  @Column('timestamptz', { nullable: true }) stoodInAt: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
  /** Of a stand-in: the shift at whose beginning somebody was missing. */
  @Column('uuid', { nullable: true }) rootId: string | null;
  /** Of a stand-in: the override that puts them on call. */
  @Column('uuid', { nullable: true }) overrideId: string | null;
}
