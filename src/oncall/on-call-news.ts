import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/unit-of-work.js';

export type NewsKind =
  | 'override_made'
  | 'override_withdrawn'
  | 'override_ended'
  | 'swap_requested'
  | 'swap_accepted'
  | 'swap_declined'
  | 'swap_withdrawn'
  | 'swap_expired'
  | 'swap_reconfirm'
  | 'swap_undone';

/** What somebody has to hear about their own time on call. */
export interface News {
  kind: NewsKind;
  programId: string;
  scheduleId: string;
  /** Whom it concerns, without whoever did it. */
  staffIds: readonly string[];
  from: Date;
  to: Date;
}

/** Told in the transaction in which it happened. */
export interface NewsListener {
  onCallNews(tx: Tx, news: News): Promise<void>;
}

/** `oncall` knows no pages: whoever does registers here and tells the people. */
@Injectable()
export class OnCallNews {
  private readonly listeners: NewsListener[] = [];

  register(listener: NewsListener): void {
    this.listeners.push(listener);
  }

  async tell(tx: Tx, news: News): Promise<void> {
    if (news.staffIds.length === 0) return;
    for (const listener of this.listeners) await listener.onCallNews(tx, news);
  }
}
