import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('integration_keys')
export class IntegrationKeyRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') programId: string;
  @Column('text') name: string;
  /** SHA-256 of the key; the key itself is shown once and never kept. */
  @Column('bytea') keyHash: Buffer;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz', { nullable: true }) revokedAt: Date | null;
}
