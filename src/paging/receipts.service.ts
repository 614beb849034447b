import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { receiptClass } from '../platform/telephony/receipt.js';
import { Staff } from '../staff/staff.service.js';
import { AttemptsStore } from './attempts.store.js';
import { Delivery } from './delivery.service.js';
import type { PageAttemptRow } from './page-attempt.row.js';
import { PagesStore } from './pages.store.js';
import { Purposes } from './purposes.js';
import { afterReceipt, receiptWeight } from './rules/attempt-state.js';

export interface StatusReport {
  sid: string;
  status: string;
  errorCode: number | null;
}

/** What the provider tells us of an attempt afterwards: in any order, twice, late or never. */
@Injectable()
export class Receipts {
  constructor(
    private readonly pages: PagesStore,
    private readonly attempts: AttemptsStore,
    private readonly delivery: Delivery,
    private readonly staff: Staff,
    private readonly purposes: Purposes,
    private readonly audit: Audit,
  ) {}

  /** Most reports only say that all goes its way; they need no lock and no transaction. */
  async changesNothing(nonce: string, { status, errorCode }: StatusReport): Promise<boolean> {
    const attempt = await this.attempts.byNonce(nonce);
    if (attempt === null || attempt.state === 'unknown') return false;
    const receipt = receiptClass(attempt.channel, status, errorCode);
    if (receipt.rank === 0 || receiptWeight(receipt) <= attempt.rank) return true;
    const answered = attempt.channel === 'sms' || attempt.state !== 'started';
    return receipt.type === 'in_progress' && answered;
  }

  /** Never takes a case: only a human does. */
  async receive(
    tx: Tx,
    nonce: string,
    report: StatusReport,
  ): Promise<'applied' | 'ignored_late' | 'unknown_attempt'> {
    const found = await this.attempts.byNonce(nonce, tx.db);
    const page = found && (await this.pages.lock(tx.db, found.pageId));
    const attempt = page && (await this.attempts.byNonce(nonce, tx.db));
    if (!attempt) return 'unknown_attempt';
    const receipt = receiptClass(attempt.channel, report.status, report.errorCode);
    const weight = receiptWeight(receipt);
    if (receipt.rank === 0 || weight <= attempt.rank) return 'ignored_late';
    await this.attempts.update(tx.db, attempt.id, {
      ...afterReceipt(tx.now, attempt.channel, receipt),
      rank: weight,
      providerSid: report.sid,
      providerStatus: report.status,
    });
    this.record(tx, this.purposes.get(page.purpose).stream(page.subjectId), attempt, report);
    if (receipt.type === 'failed' && receipt.failure.type === 'permanent') {
      const { reason } = receipt.failure;
      if (reason === 'bad_contact' || reason === 'opted_out') {
        await this.staff.disableMethod(tx, attempt.contactMethodId, reason);
      }
    }
    if (page.state === 'sent' || page.state === 'settled') {
      await this.delivery.restAsTheLadderSays(tx, page);
    }
    return 'applied';
  }

  private record(
    tx: Tx,
    stream: ReturnType<ReturnType<Purposes['get']>['stream']>,
    attempt: PageAttemptRow,
    { status, errorCode }: StatusReport,
  ): void {
    this.audit.record(tx, {
      stream,
      action: 'attempt.received_receipt',
      actor: { type: 'provider' },
      subjectRef: attempt.pageId,
      body: { attemptId: attempt.id, channel: attempt.channel, status, errorCode },
    });
  }
}
