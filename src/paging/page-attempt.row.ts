import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LadderState } from './rules/ladder.js';

/** One try on one channel, written and committed before the provider is called. */
@Entity('page_attempts')
export class PageAttemptRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') pageId: string;
  @Column('uuid') staffId: string;
  @Column('uuid') contactMethodId: string;
  @Column('text') channel: 'sms' | 'voice';
  @Column('integer') try: number;
  @Column('integer') epoch: number;
  /** In the callback address: receipts find the attempt before we know the provider's id. */
  @Column('text') nonce: string;
  @Column('bytea') linkTokenHash: Buffer;
  /** The failed or unknown attempt that this one makes good. */
  @Column('uuid', { nullable: true }) causedBy: string | null;
  @Column('text') state: LadderState;
  /** Of the receipts seen; it never falls. */
  @Column('smallint') rank: number;
  @Column('text', { nullable: true }) providerSid: string | null;
  @Column('text', { nullable: true }) providerStatus: string | null;
  @Column('text', { nullable: true }) failure: 'retry' | 'permanent' | null;
  @Column('timestamptz') startedAt: Date;
  @Column('timestamptz') deadlineAt: Date;
  @Column('timestamptz', { nullable: true }) settledAt: Date | null;
  /** When an attempt of a withdrawn page needs a look: a call is hung up, silence is given up. */
  @Column('timestamptz', { nullable: true }) hangUpAt: Date | null;
}
