import { Injectable, Logger } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { Telephony } from '../platform/telephony/telephony.js';
import { AttemptsStore } from './attempts/attempts.store.js';
import { Ladder } from './attempts/ladder.service.js';
import { farewellTwiml } from './channels/voice/prompt.js';
import type { PageAttemptRow } from './page-attempt.row.js';
import { PagesStore } from './pages.store.js';

const retryMs = 2_000;
const words = 'This page needs no answer any more. Goodbye.';

/**
 * Looks after what is under way for withdrawn pages: phones that ring are hung up, whoever
 * picked up is told, and what is never heard of again is given up at its deadline.
 */
@Injectable()
export class HangUps {
  private readonly log = new Logger('hang-ups');

  constructor(
    private readonly pages: PagesStore,
    private readonly attempts: AttemptsStore,
    private readonly ladder: Ladder,
    private readonly telephony: Telephony,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  dueIds(limit: number): Promise<string[]> {
    return this.attempts.dueLeftBehind(limit);
  }

  /** Repeats until the provider has hung up, or the call has ended by itself. */
  async hangUp(attemptId: string): Promise<void> {
    const call = await this.unitOfWork.runInBackground((tx) => this.claim(tx, attemptId));
    if (call === null || call.providerSid === null) return;
    const outcome = await this.telephony.hangUp(call.providerSid, farewellTwiml(words));
    if (outcome.type !== 'sent') {
      this.log.warn('hang_up.failed', { attempt: call.id, code: outcome.code });
      if (outcome.type !== 'permanent') return;
    }
    await this.unitOfWork.runInBackground((tx) => this.attempts.awaitEnd(tx.db, call.id));
  }

  /** Null when there is nothing to hang up; due again soon in case this process dies. */
  private async claim(tx: Tx, attemptId: string): Promise<PageAttemptRow | null> {
    const attempt = await this.attempts.lockDueLeftBehind(tx.db, attemptId, tx.now);
    if (attempt === null) return null;
    if (attempt.settledAt === null && attempt.deadlineAt > tx.now) {
      const isCall = attempt.channel === 'voice';
      const again = isCall ? new Date(tx.now.getTime() + retryMs) : attempt.deadlineAt;
      await this.attempts.lookAgain(tx.db, attempt.id, again);
      return isCall ? attempt : null;
    }
    const page = await this.pages.byId(attempt.pageId, tx.db);
    if (page !== null && attempt.settledAt === null) this.ladder.giveUp(tx, page, attempt);
    else this.attempts.update(tx, attempt.id, { hangUpAt: null });
    return null;
  }
}
