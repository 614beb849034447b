import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../platform/db/unit-of-work.js';
import { Telephony } from '../platform/telephony/telephony.js';
import { AttemptsStore } from './attempts.store.js';
import { farewellTwiml } from './channels/voice/prompt.js';
import type { PageAttemptRow } from './page-attempt.row.js';

const retryMs = 2_000;
const words = 'This page needs no answer any more. No action needed. Goodbye.';

/** Ends calls that still ring after their page was withdrawn, and tells whoever picked up. */
@Injectable()
export class HangUps {
  private readonly log = new Logger('hang-ups');

  constructor(
    private readonly store: AttemptsStore,
    private readonly telephony: Telephony,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  dueIds(limit: number): Promise<string[]> {
    return this.store.dueHangUps(limit);
  }

  /** Repeats until the provider has hung up, or the call has ended by itself. */
  async hangUp(attemptId: string): Promise<void> {
    const call = await this.claim(attemptId);
    if (call === null || call.providerSid === null) return;
    const outcome = await this.telephony.hangUp(call.providerSid, farewellTwiml(words));
    if (outcome.type === 'sent') return this.settle(call);
    this.log.warn('hang_up.failed', { attempt: call.id, code: outcome.code });
    if (outcome.type === 'permanent') await this.settle(call);
  }

  /** Null when it has ended; due again soon in case this process dies. */
  private claim(attemptId: string): Promise<PageAttemptRow | null> {
    return this.unitOfWork.runInBackground(async (tx) => {
      const call = await this.store.lockDueHangUp(tx.db, attemptId, tx.now);
      if (call === null) return null;
      const over = call.settledAt !== null || call.deadlineAt <= tx.now;
      const hangUpAt = over ? null : new Date(tx.now.getTime() + retryMs);
      await this.store.update(tx.db, call.id, { hangUpAt });
      return over ? null : call;
    });
  }

  private async settle(call: PageAttemptRow): Promise<void> {
    await this.unitOfWork.runInBackground((tx) =>
      this.store.update(tx.db, call.id, { hangUpAt: null }),
    );
  }
}
