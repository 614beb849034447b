import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One inbound distress signal: what came with it is never changed. */
@Entity('flags')
export class FlagRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { nullable: true }) programId: string | null;
  /** The integration that posted it. */
  @Column('uuid', { nullable: true }) clientId: string | null;
  /** A blind index of the sender's own key. */
  @Column('text', { nullable: true }) idempotencyKey: string | null;
  @Column('bytea') fingerprint: Buffer;
  /** Null only in the review lane, where nobody is contacted automatically. */
  @Column('uuid', { nullable: true }) caseId: string | null;
  @Column('uuid', { nullable: true }) participantId: string | null;
  /** Under whose data key the texts are sealed: the participant's or the flag's own. */
  @Column('uuid') subjectId: string;
  @Column('text') source: string;
  @Column('text', { nullable: true }) language: string | null;
  @Column('text', { nullable: true }) country: string | null;
  @Column('text', { nullable: true }) region: string | null;
  @Column('text') acuity: string;
  @Column('text', { array: true }) acuityReasons: string[];
  @Column('text', { array: true }) warnings: string[];
  /** Ids of the resources in the same answer. */
  @Column('text', { array: true }) resourcesShown: string[];
  /** The body as it came, up to 64 KB, sealed. */
  @Column('bytea') raw: Buffer;
  @Column('bytea', { nullable: true }) text: Buffer | null;
  @Column('bytea', { nullable: true }) raisedBy: Buffer | null;
  @Column('bytea', { nullable: true }) statusTokenHash: Buffer | null;
  /** `merged`: came so soon after others of the same sender that nobody was paged for it. */
  @Column('text') joinedAs: 'opened' | 'joined' | 'merged' | 'review';
  @Column('timestamptz') receivedAt: Date;
  /** As the sender says; shown, never used for a timer. */
  @Column('timestamptz', { nullable: true }) raisedAt: Date | null;
  @Column('integer') mergedCount: number;
  @Column('timestamptz', { nullable: true }) lastMergedAt: Date | null;
  /** When somebody looked at it in the review lane, and who. */
  @Column('timestamptz', { nullable: true }) reviewedAt: Date | null;
  @Column('uuid', { nullable: true }) reviewedBy: string | null;
}
