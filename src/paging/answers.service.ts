import { Injectable } from '@nestjs/common';
import { hashToken } from '../platform/crypto/tokens.js';
import { UnitOfWork } from '../platform/db/unit-of-work.js';
import { Staff } from '../staff/staff.service.js';
import { AttemptsStore } from './attempts.store.js';
import type { PageAttemptRow } from './page-attempt.row.js';
import type { PageRow } from './page.row.js';
import { PagesStore } from './pages.store.js';
import { type AnswerResult, type PageAnswer, Purposes } from './purposes.js';

/** A human's answer to a page: by text, by key, by link. Nothing else takes anything. */
@Injectable()
export class Answers {
  constructor(
    private readonly store: PagesStore,
    private readonly attempts: AttemptsStore,
    private readonly staff: Staff,
    private readonly purposes: Purposes,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The page with this code that was sent to somebody at this phone; null when there is none. */
  async pageByCode(phone: string, code: string): Promise<PageRow | null> {
    const staffIds = await this.staff.idsAtPhone(phone);
    if (staffIds.length === 0) return null;
    const pages = await this.store.byCode(staffIds, code);
    return pages[0] ?? null;
  }

  /** `live` is false once the page is withdrawn: its link then only offers sign-in. */
  async pageByLink(token: string): Promise<{ page: PageRow; live: boolean } | null> {
    const attempt = await this.attempts.byLinkToken(hashToken(token));
    const page = attempt && (await this.store.byId(attempt.pageId));
    return page && { page, live: page.state !== 'withdrawn' };
  }

  /** The call that is asked for a key, and its page; null when no call of ours has this nonce. */
  async pageByCall(nonce: string): Promise<{ page: PageRow; attempt: PageAttemptRow } | null> {
    const attempt = await this.attempts.byNonce(nonce);
    if (attempt?.channel !== 'voice') return null;
    const page = await this.store.byId(attempt.pageId);
    return page && { page, attempt };
  }

  /** After the commit the answer stands; before it nothing may be confirmed to anybody. */
  answer(
    take: boolean,
    answer: Omit<PageAnswer, 'staffId'>,
    call?: PageAttemptRow,
  ): Promise<AnswerResult> {
    const whole = { ...answer, staffId: answer.page.staffId };
    const purpose = this.purposes.get(answer.page.purpose);
    return this.unitOfWork.run(async (tx) => {
      const result = await (take ? purpose.taken(tx, whole) : purpose.declined(tx, whole));
      // The call in which the key was pressed ends by itself, after its confirmation.
      const answered = { state: 'answered', settledAt: tx.now, hangUpAt: null } as const;
      if (call) await this.attempts.update(tx.db, call.id, answered);
      return result;
    });
  }
}
