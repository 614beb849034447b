import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a participant, or whoever raised one flag, can be reached, and whether that is safe. */
@Entity('contact_points')
export class ContactPointRow {
  @PrimaryColumn('uuid') id: string;
  /** On file; null for what was only typed into a flag. */
  @Column('uuid', { nullable: true }) participantId: string | null;
  @Column('uuid', { nullable: true }) flagId: string | null;
  @Column('text') kind: 'phone';
  /** Null: only said what is safe, of the number on file. */
  @Column('bytea', { nullable: true }) value: Buffer | null;
  @Column('bytea', { nullable: true }) valueIndex: Buffer | null;
  /** Null: not said, which is not a yes. */
  @Column('boolean', { nullable: true }) safeToCall: boolean | null;
  @Column('boolean', { nullable: true }) safeToText: boolean | null;
  @Column('boolean', { nullable: true }) safeToVoicemail: boolean | null;
  @Column('timestamptz', { nullable: true }) verifiedAt: Date | null;
  @Column('timestamptz') createdAt: Date;
  /** When whoever called it learned that it is somebody else's. */
  @Column('timestamptz', { nullable: true }) wrongNumberAt: Date | null;
}

/** What binds a sealed number to its row. */
export const contactPlace = (id: string) =>
  ({ table: 'contact_points', row: id, column: 'value' }) as const;
