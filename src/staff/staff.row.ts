import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An employee who can sign in or be paged; what is personal is sealed under their own key. */
@Entity('staff')
export class StaffRow {
  @PrimaryColumn('uuid') id: string;
  /** How files and schedules name the person. */
  @Column('text') key: string;
  @Column('bytea') name: Buffer;
  @Column('bytea', { nullable: true }) email: Buffer | null;
  @Column('bytea', { nullable: true }) emailIndex: Buffer | null;
  @Column('text', { nullable: true }) passwordHash: string | null;
  /** BCP 47. */
  @Column('text', { array: true }) languages: string[];
  @Column('bytea', { nullable: true }) gender: Buffer | null;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz', { nullable: true }) disabledAt: Date | null;
}
