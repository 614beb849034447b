import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Need } from '../programs/rules/needs.js';
import type { Case, CaseState } from './rules/case.js';
import type { Acuity, Policy } from './rules/policy.js';

const moment = { type: 'timestamptz', nullable: true } as const;

@Entity('cases')
export class CaseRow implements Case {
  @PrimaryColumn('uuid') id: string;
  /** What people call it, such as 7Q4K. */
  @Column('text') ref: string;
  @Column('uuid') programId: string;
  @Column('uuid', { nullable: true }) participantId: string | null;
  /** Whose data key seals what is written on the case: the participant's or the first flag's. */
  @Column('uuid') subjectId: string;
  /** The case this one was opened after, of the same person. */
  @Column('uuid', { nullable: true }) followsCaseId: string | null;
  /** As it was when the case opened. */
  @Column('jsonb') policy: Policy;
  @Column('text') state: CaseState;
  @Column('text') acuity: Acuity;
  /** What its flags are about, as far as they say. */
  @Column('text', { array: true }) needs: Need[];
  @Column('smallint', { nullable: true }) step: number | null;
  @Column('integer') round: number;
  @Column('integer') occasionCount: number;
  @Column(moment) dueAt: Date | null;
  @Column(moment) dispatchDueAt: Date | null;
  @Column('uuid', { nullable: true }) ownerId: string | null;
  @Column(moment) ownerSince: Date | null;
  @Column(moment) leaseUntil: Date | null;
  @Column(moment) leaseWarnedAt: Date | null;
  @Column(moment) ownerPagedAt: Date | null;
  @Column(moment) contactAttemptedAt: Date | null;
  @Column('uuid', { nullable: true }) handOverTo: string | null;
  @Column('integer') remindersSent: number;
  @Column('timestamptz') openedAt: Date;
  /** When somebody had it for the first time. */
  @Column(moment) acknowledgedAt: Date | null;
  @Column(moment) inContactAt: Date | null;
  @Column(moment) disposedAt: Date | null;
  @Column(moment) closedAt: Date | null;
  @Column(moment) exhaustedAt: Date | null;
  @Column(moment) unreachableAt: Date | null;
  @Column(moment) dispatchedAt: Date | null;
  @Column(moment) transferredAt: Date | null;
  @Column(moment) withdrewAt: Date | null;
  /** Set for drills: the same path, never a clinical count. */
  @Column(moment) syntheticAt: Date | null;
}
