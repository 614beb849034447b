import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A personal access token: the same rights as its owner's sign-in. */
@Entity('access_tokens')
export class AccessTokenRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') staffId: string;
  @Column('text') name: string;
  @Column('bytea') tokenHash: Buffer;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz', { nullable: true }) revokedAt: Date | null;
}
