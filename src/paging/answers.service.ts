import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { hashToken } from '../platform/crypto/tokens.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { Staff } from '../staff/staff.service.js';
import { AttemptsStore } from './attempts/attempts.store.js';
import type { PageAttemptRow } from './page-attempt.row.js';
import { PagesStore } from './pages.store.js';
import { Paging } from './paging.service.js';
import { type AnswerResult, type Page, type PageAnswer, Purposes } from './purposes.js';
import { afterKey } from './rules/attempt-state.js';
import { onCallSentences } from './rules/on-call/sentences.js';
import { isAboutCase } from './rules/page-content.js';
import { asks } from './rules/page-speech.js';

/** `sentences`: what a page that is not about a case has to say. */
export interface LinkedPage {
  page: Page;
  live: boolean;
  /** Whether it waits for an answer; the others only tell. */
  asks: boolean;
  sentences: string | null;
}

/** The call in which a key was pressed, as the provider names it. */
export interface AnsweredCall {
  attempt: PageAttemptRow;
  sid: string;
}

/** A human's answer to a page: by text, by key, by link. Nothing else takes anything. */
@Injectable()
export class Answers {
  constructor(
    private readonly store: PagesStore,
    private readonly attempts: AttemptsStore,
    private readonly paging: Paging,
    private readonly staff: Staff,
    private readonly purposes: Purposes,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** The page with this code that was sent to somebody at this phone; null when there is none. */
  async pageByCode(phone: string, code: string): Promise<Page | null> {
    const staffIds = await this.staff.idsAtPhone(phone);
    if (staffIds.length === 0) return null;
    const pages = await this.store.byCode(staffIds, code);
    return pages[0] ?? null;
  }

  /** Whether somebody whom we page is reached at this number. */
  async isFromStaff(phone: string): Promise<boolean> {
    return (await this.staff.idsAtPhone(phone)).length > 0;
  }

  /** `live` is false once the page is withdrawn: its link then only offers sign-in. */
  async pageByLink(token: string): Promise<LinkedPage | null> {
    const attempt = await this.attempts.byLinkToken(hashToken(token));
    const page = attempt && (await this.store.byId(attempt.pageId));
    if (!page) return null;
    const { content } = page;
    const sentences = isAboutCase(content) ? null : onCallSentences(content);
    return { page, live: page.state !== 'withdrawn', asks: asks(content), sentences };
  }

  /** The call that is asked for a key, and its page; null when no call of ours has this nonce. */
  async pageByCall(nonce: string): Promise<{ page: Page; attempt: PageAttemptRow } | null> {
    const attempt = await this.attempts.byNonce(nonce);
    if (attempt?.channel !== 'voice') return null;
    const page = await this.store.byId(attempt.pageId);
    return page && { page, attempt };
  }

  /** After the commit the answer stands; before it nothing may be confirmed to anybody. */
  answer(take: boolean, answer: Omit<PageAnswer, 'staffId'>): Promise<AnswerResult> {
    return this.unitOfWork.run((tx) => this.answerWithin(tx, take, answer));
  }

  /** Whoever answered is not paged on about the same, whatever became of the answer. */
  async answerWithin(
    tx: Tx,
    take: boolean,
    answer: Omit<PageAnswer, 'staffId'>,
    call?: AnsweredCall,
  ): Promise<AnswerResult> {
    const { page, channel } = answer;
    const whole = { ...answer, staffId: page.staffId };
    const purpose = this.purposes.get(page.purpose);
    const result = await (take ? purpose.taken(tx, whole) : purpose.declined(tx, whole));
    await this.paging.withdraw(tx, page.purpose, page.subjectId, page.staffId);
    if (call) await this.letFinish(tx, page, call);
    this.audit.record(tx, {
      stream: purpose.stream(page.subjectId),
      action: take ? 'page.taken' : 'page.declined',
      actor: { type: 'staff', id: page.staffId },
      subjectRef: page.id,
      body: { channel, outcome: result.outcome },
    });
    return result;
  }

  /** An owner heard what is left to do: they are not paged on about it, the case is not touched. */
  async heardWithin(tx: Tx, page: Page, call: AnsweredCall): Promise<void> {
    await this.paging.withdraw(tx, page.purpose, page.subjectId, page.staffId);
    await this.letFinish(tx, page, call);
  }

  /** The call in which the key was pressed ends by itself, after its confirmation. */
  private async letFinish(tx: Tx, page: Page, { attempt, sid }: AnsweredCall): Promise<void> {
    await this.store.lock(tx.db, page.id); // Whoever settles the attempt holds it too.
    const answered = afterKey(tx.now);
    this.attempts.update(tx, attempt.id, {
      ...answered,
      providerSid: sid,
      hangUpAt: answered.deadlineAt,
    });
  }

  /** Texts to this number end; whoever it belongs to is reached by the other ways only. */
  optOut(tx: Tx, phone: string): Promise<void> {
    return this.staff.optOutOfTexts(tx, phone);
  }
}
