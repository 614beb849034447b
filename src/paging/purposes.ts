import { Injectable } from '@nestjs/common';
import type { AuditStream } from '../audit/rules/event.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import type { PageRow } from './page.row.js';

/** A page as other rooms see it. */
export type Page = Readonly<PageRow>;

/** The human act behind an answer, with what proves it. */
export interface PageAnswer {
  page: Page;
  staffId: string;
  channel: 'sms' | 'voice' | 'link' | 'api';
  proof: Record<string, string>;
}

/** What the person who answered is told. */
export interface AnswerResult {
  outcome: 'taken' | 'already_yours' | 'taken_by_other' | 'declined' | 'over';
}

/** What becomes of pages sent for one purpose; the room that asked for them says so. */
export interface Purpose {
  /** Where the pages' own events are recorded. */
  stream(subjectId: string): AuditStream;
  taken(tx: Tx, answer: PageAnswer): Promise<AnswerResult>;
  declined(tx: Tx, answer: PageAnswer): Promise<AnswerResult>;
  /** No method of this person can be used any more. */
  unreachable(tx: Tx, page: Page): Promise<void>;
}

export type PurposeName = 'case' | 'alarm' | 'check_in' | 'notice';

@Injectable()
export class Purposes {
  private readonly byName = new Map<string, Purpose>();

  register(name: PurposeName, purpose: Purpose): void {
    this.byName.set(name, purpose);
  }

  get(name: string): Purpose {
    const purpose = this.byName.get(name);
    if (!purpose) throw new Error(`Nobody registered for pages of purpose ${name}.`);
    return purpose;
  }
}
