import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PageContent } from '../paging/rules/page-content.js';

export type AlarmKind =
  'exhausted' | 'nobody_reachable' | 'coverage_gap' | 'check_in_missed' | 'hand_over_open';

/** Something only a human can put right: repeated until one takes it by name. */
@Entity('alarms')
export class AlarmRow {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: AlarmKind;
  @Column('uuid') programId: string;
  /** What it is about, such as a case. */
  @Column('uuid') subjectId: string;
  @Column('jsonb') content: PageContent;
  @Column('timestamptz') openedAt: Date;
  /** Null when it was taken or withdrawn: it is not open. */
  @Column('timestamptz', { nullable: true }) dueAt: Date | null;
  @Column('integer') repeats: number;
  @Column('uuid', { nullable: true }) takenBy: string | null;
  @Column('timestamptz', { nullable: true }) takenAt: Date | null;
  /** What it was about passed without anybody taking it. */
  @Column('timestamptz', { nullable: true }) withdrawnAt: Date | null;
}
