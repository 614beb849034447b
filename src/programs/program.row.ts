import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A tenant: one intensive outpatient program. */
@Entity('programs')
export class ProgramRow {
  @PrimaryColumn('uuid') id: string;
  /** Opaque name used in addresses and by integrations. */
  @Column('text') key: string;
  @Column('text') name: string;
  /** ISO 3166 alpha-2. */
  @Column('text') country: string;
  @Column('text', { nullable: true }) region: string | null;
  /** IANA zone. */
  @Column('text') zone: string;
  /** BCP 47. */
  @Column('text') language: string;
  /** E.164 numbers on which participants call and text. */
  @Column('text', { array: true }) lines: string[];
  /** When the go-live gate was passed; null means not in clinical use. */
  @Column('timestamptz', { nullable: true }) liveAt: Date | null;
  @Column('timestamptz') createdAt: Date;
}
