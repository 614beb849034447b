import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A secret address at which calendar programs read shifts. */
@Entity('calendar_feeds')
export class CalendarFeedRow {
  @PrimaryColumn('uuid') id: string;
  /** Whose shifts it shows; null: everybody's on one schedule. */
  @Column('uuid', { nullable: true }) staffId: string | null;
  @Column('uuid', { nullable: true }) scheduleId: string | null;
  /** The one program whose shifts it shows; null: every program of the person. */
  @Column('uuid', { nullable: true }) programId: string | null;
  /** Who was shown the address. */
  @Column('uuid') createdBy: string;
  /** SHA-256 of the secret part of the address. */
  @Column('bytea') tokenHash: Buffer;
  @Column('timestamptz') createdAt: Date;
  /** To the hour. */
  @Column('timestamptz', { nullable: true }) lastReadAt: Date | null;
  @Column('timestamptz', { nullable: true }) revokedAt: Date | null;
}
