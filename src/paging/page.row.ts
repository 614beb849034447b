import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PageContent } from './rules/page-content.js';

export type PageState = 'queued' | 'sending' | 'sent' | 'settled' | 'withdrawn';

/** One call for one person's attention: outbox and timer in one row. */
@Entity('pages')
export class PageRow {
  @PrimaryColumn('uuid') id: string;
  @Column('text') purpose: string;
  @Column('uuid') subjectId: string;
  /** A person is paged once per purpose, subject and occasion. */
  @Column('text') occasion: string;
  @Column('uuid') staffId: string;
  @Column('text') state: PageState;
  @Column('jsonb') content: PageContent;
  /** 1 goes first. */
  @Column('smallint') priority: number;
  /** What the person replies; never used twice for the same person. */
  @Column('text') code: string;
  @Column('timestamptz') queuedAt: Date;
  /** When delivery next has something to do; null when it has not. */
  @Column('timestamptz', { nullable: true }) dueAt: Date | null;
  @Column('timestamptz', { nullable: true }) leaseUntil: Date | null;
  /** Rises with every claim: a write under an older one changes nothing. */
  @Column('integer') leaseEpoch: number;
  @Column('integer') tries: number;
  @Column('timestamptz', { nullable: true }) settledAt: Date | null;
  @Column('timestamptz', { nullable: true }) withdrawnAt: Date | null;
}
