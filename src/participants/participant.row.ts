import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person enrolled in a program, or one its integration spoke of (`verifiedAt` null). */
@Entity('participants')
export class ParticipantRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') programId: string;
  @Column('bytea', { nullable: true }) externalId: Buffer | null;
  @Column('bytea', { nullable: true }) externalIdIndex: Buffer | null;
  @Column('bytea', { nullable: true }) name: Buffer | null;
  /** BCP 47. */
  @Column('text', { nullable: true }) language: string | null;
  @Column('bytea', { nullable: true }) birthYear: Buffer | null;
  @Column('boolean', { nullable: true }) minor: boolean | null;
  /** Of whoever answers. */
  @Column('bytea', { nullable: true }) prefersGender: Buffer | null;
  /** When staff confirmed the enrollment. */
  @Column('timestamptz', { nullable: true }) verifiedAt: Date | null;
  @Column('timestamptz') createdAt: Date;
  /** Raising it makes every help link given out before void. */
  @Column('integer', { default: 1 }) helpLinkVersion: number;
}
