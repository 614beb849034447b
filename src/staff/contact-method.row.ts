import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a staff member can be paged. The address is sealed; only a verified one is ever used. */
@Entity('contact_methods')
export class ContactMethodRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') staffId: string;
  @Column('text') channel: string;
  @Column('bytea') address: Buffer;
  @Column('bytea') addressIndex: Buffer;
  /** The order in which the person wants them tried. */
  @Column('smallint') position: number;
  @Column('timestamptz', { nullable: true }) verifiedAt: Date | null;
  @Column('timestamptz', { nullable: true }) disabledAt: Date | null;
  @Column('text', { nullable: true }) disabledReason: string | null;
  /** When it last passed a test, and when it last failed one. */
  @Column('timestamptz', { nullable: true }) testedAt: Date | null;
  @Column('timestamptz', { nullable: true }) testFailedAt: Date | null;
}
