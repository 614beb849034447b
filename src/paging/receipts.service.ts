import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/unit-of-work.js';
import { receiptClass } from '../platform/telephony/receipt.js';
import { AttemptLog } from './attempts/attempt-log.service.js';
import { AttemptsStore } from './attempts/attempts.store.js';
import { Ladder } from './attempts/ladder.service.js';
import type { PageAttemptRow } from './page-attempt.row.js';
import type { PageRow } from './page.row.js';
import { PagesStore } from './pages.store.js';
import { afterReceipt, isRoutine, leftBehindAt } from './rules/attempt-state.js';

/** Of the text or call that an attempt became. */
export interface StatusReport {
  sid: string;
  status: string;
  errorCode: number | null;
}

export type ReceiptOutcome =
  'applied' | 'noted' | 'ignored_late' | 'ignored_foreign' | 'ignored_unknown' | 'unknown_attempt';

/** What the provider tells us of an attempt afterwards: in any order, twice, late or never. */
@Injectable()
export class Receipts {
  constructor(
    private readonly pages: PagesStore,
    private readonly attempts: AttemptsStore,
    private readonly ladder: Ladder,
    private readonly log: AttemptLog,
  ) {}

  /**
   * Most reports say only that all goes its way: those need no lock and no transaction. Null for
   * one that may change something.
   */
  async glance(nonce: string, report: StatusReport): Promise<ReceiptOutcome | null> {
    const attempt = await this.attempts.byNonce(nonce);
    if (attempt === null || isForeign(attempt, report)) return null;
    const { channel } = attempt;
    const receipt = receiptClass(channel, report.status, report.errorCode);
    if (receipt.rank === 0) return 'ignored_unknown';
    if (afterReceipt(attempt.startedAt, channel, attempt, report.status, receipt) === null) {
      return 'ignored_late';
    }
    return isRoutine(channel, attempt.state, receipt) ? 'noted' : null;
  }

  /** Never takes a case: only a human does. */
  async receive(tx: Tx, nonce: string, report: StatusReport): Promise<ReceiptOutcome> {
    this.pages.holdByNonce(tx, nonce);
    const [page, attempt] = await Promise.all([
      this.pages.byNonce(tx.db, nonce),
      this.attempts.byNonce(nonce, tx.db),
    ]);
    if (!page || !attempt) return 'unknown_attempt';
    if (isForeign(attempt, report)) return 'ignored_foreign';
    return this.apply(tx, page, attempt, report);
  }

  private async apply(
    tx: Tx,
    page: PageRow,
    attempt: PageAttemptRow,
    { sid, status, errorCode }: StatusReport,
  ): Promise<ReceiptOutcome> {
    const receipt = receiptClass(attempt.channel, status, errorCode);
    if (receipt.rank === 0) return 'ignored_unknown';
    const change = afterReceipt(tx.now, attempt.channel, attempt, status, receipt);
    if (change === null) return 'ignored_late';
    const next = { ...attempt, ...change, providerSid: sid };
    const hangUpAt = page.state === 'withdrawn' ? this.lookAgainAt(tx, attempt, next) : null;
    this.attempts.update(tx, attempt.id, { ...change, providerSid: sid, hangUpAt });
    this.log.record(
      tx,
      page,
      attempt,
      'attempt.received_receipt',
      { status, errorCode },
      'provider',
    );
    if (receipt.type === 'failed') await this.ladder.retireMethod(tx, attempt, receipt.failure);
    if (page.state === 'sent' || page.state === 'settled') {
      await this.ladder.restAsItSays(tx, page);
    }
    return 'applied';
  }

  /** A call of which we knew nothing when its page was withdrawn is hung up now. */
  private lookAgainAt(tx: Tx, before: PageAttemptRow, after: PageAttemptRow): Date | null {
    const at = leftBehindAt(tx.now, after);
    if (at === null || before.hangUpAt !== null) return at && before.hangUpAt;
    if (after.channel === 'voice') {
      tx.ring({ job: 'hang-up-call', id: after.id, priority: 1 });
    }
    return at;
  }
}

/** About another text or call than the one this attempt became. */
function isForeign({ providerSid }: PageAttemptRow, { sid }: StatusReport): boolean {
  return providerSid !== null && providerSid !== sid;
}
