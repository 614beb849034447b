import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where somebody said they are: never guessed from a number or an address on the network. */
@Entity('location_statements')
export class LocationStatementRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { nullable: true }) participantId: string | null;
  @Column('uuid', { nullable: true }) flagId: string | null;
  @Column('text', { nullable: true }) country: string | null;
  @Column('text', { nullable: true }) region: string | null;
  @Column('bytea', { nullable: true }) address: Buffer | null;
  @Column('timestamptz', { nullable: true }) statedAt: Date | null;
  @Column('timestamptz') receivedAt: Date;
}
