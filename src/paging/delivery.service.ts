import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { hashToken, newToken } from '../platform/crypto/tokens.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import type { SendOutcome } from '../platform/telephony/send-outcome.js';
import { Staff } from '../staff/staff.service.js';
import { AttemptsStore } from './attempts.store.js';
import type { OutgoingAttempt } from './channels/channel.js';
import { Channels } from './channels/index.js';
import type { PageAttemptRow } from './page-attempt.row.js';
import type { PageRow } from './page.row.js';
import { PagesStore } from './pages.store.js';
import { Purposes } from './purposes.js';
import { afterSending } from './rules/attempt-state.js';
import { type LadderMove, ladderTiming, nextAttempt } from './rules/ladder.js';

/** How long a claim holds. Longer than a provider call may take, or a second one would be made. */
const leaseMs = 5_000;
const sendTimeoutMs = 2_000;
/** How often a call that waits for a busy phone looks again. */
const phonePollMs = 1_000;

interface Claimed {
  page: PageRow;
  attempt: PageAttemptRow;
  outgoing: OutgoingAttempt;
  /** By this process's monotonic clock. */
  claimedAt: number;
}

/** Delivers pages: at least once, since a second ring is a nuisance and a missing one is not. */
@Injectable()
export class Delivery {
  private readonly log = new Logger('delivery');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: PagesStore,
    private readonly attempts: AttemptsStore,
    private readonly staff: Staff,
    private readonly channels: Channels,
    private readonly purposes: Purposes,
    private readonly audit: Audit,
  ) {}

  dueIds(limit: number): Promise<string[]> {
    return this.store.dueIds(limit);
  }

  /** Harmless when rung twice, late, or for a page that is withdrawn or taken. */
  async deliver(pageId: string): Promise<void> {
    const claimed = await this.unitOfWork.runInBackground((tx) =>
      this.claimAndWriteAttempt(tx, pageId),
    );
    if (claimed === null) return;
    if (claimed === 'unreachable') return this.tellUnreachable(pageId);
    if (performance.now() - claimed.claimedAt > leaseMs - sendTimeoutMs) return;
    const outcome = await this.channels.get(claimed.attempt.channel).send(claimed.outgoing);
    await this.unitOfWork.runInBackground((tx) => this.settle(tx, claimed, outcome));
  }

  /** Lease, epoch + 1 and the attempt row: committed before the provider hears of it. */
  private async claimAndWriteAttempt(
    tx: Tx,
    pageId: string,
  ): Promise<Claimed | 'unreachable' | null> {
    const page = await this.store.claimable(tx.db, pageId, tx.now);
    if (page === null) return null;
    const { move, attempts } = await this.consider(tx, page);
    if (move.type !== 'send') {
      await this.rest(tx, page, move);
      return move.type === 'unreachable' ? 'unreachable' : null;
    }
    if (move.channel === 'voice' && (await this.phoneIsTaken(tx, page))) {
      await this.rest(tx, page, { type: 'wait', until: new Date(tx.now.getTime() + phonePollMs) });
      return null;
    }
    const claimedAt = performance.now();
    const epoch = page.leaseEpoch + 1;
    const leaseUntil = new Date(tx.now.getTime() + leaseMs);
    const change = { state: 'sending', leaseEpoch: epoch, leaseUntil, dueAt: leaseUntil } as const;
    await this.store.update(tx.db, page.id, { ...change, tries: page.tries + 1 });
    const linkToken = newToken(128);
    const attempt = this.newAttempt(tx.now, { ...page, ...change }, move, attempts, linkToken);
    await this.attempts.insert(tx.db, attempt);
    this.record(tx, page, 'attempt.started', attempt, {});
    const to = await this.staff.address(tx, page.staffId, attempt.contactMethodId);
    if (to === null) throw new Error(`Contact method ${attempt.contactMethodId} has no address.`);
    return { page, attempt, outgoing: outgoing(tx.now, page, attempt, linkToken, to), claimedAt };
  }

  /** One ringing call per person, the most urgent page first. */
  private async phoneIsTaken(tx: Tx, page: PageRow): Promise<boolean> {
    await this.attempts.holdPhoneOf(tx.db, page.staffId);
    return (
      (await this.attempts.isOnThePhone(tx.db, page.staffId, tx.now)) ||
      (await this.store.hasMoreUrgent(tx.db, page, tx.now))
    );
  }

  /** In a transaction of its own: what asked for the page is locked before the page, never after. */
  private async tellUnreachable(pageId: string): Promise<void> {
    await this.unitOfWork.runInBackground(async (tx) => {
      const page = await this.store.byId(pageId);
      if (page) await this.purposes.get(page.purpose).unreachable(tx, page);
    });
  }

  /** Asks the ladder, after giving up on attempts whose time has passed without a word. */
  private async consider(
    tx: Tx,
    page: PageRow,
  ): Promise<{ move: LadderMove; attempts: PageAttemptRow[] }> {
    const attempts = await this.attempts.of(tx.db, page.id);
    for (const attempt of attempts) {
      if (attempt.settledAt !== null || attempt.deadlineAt > tx.now) continue;
      attempt.settledAt = tx.now;
      if (attempt.state !== 'answered') attempt.state = 'unknown';
      const { state, settledAt } = attempt;
      await this.attempts.update(tx.db, attempt.id, { state, settledAt });
      this.record(tx, page, 'attempt.settled', attempt, { state, code: 'deadline' });
    }
    const methods = (await this.staff.contactMethods(page.staffId, tx)).flatMap((method) =>
      this.channels.has(method.channel) ? [{ ...method, channel: method.channel }] : [],
    );
    const tried = attempts.map((attempt) => ({
      ...attempt,
      methodId: attempt.contactMethodId,
      at: attempt.startedAt,
      finishedAt: attempt.settledAt,
    }));
    return { move: nextAttempt(tx.now, page, methods, tried, ladderTiming), attempts };
  }

  /** Writes the page only where the epoch is still ours; the attempt is ours in any case. */
  private async settle(tx: Tx, { page, attempt }: Claimed, outcome: SendOutcome): Promise<void> {
    const current = await this.store.lock(tx.db, page.id);
    const stored = await this.attempts.byNonce(attempt.nonce, tx.db);
    if (current === null || stored === null) throw new Error(`Page ${page.id} is gone.`);
    await this.settleAttempt(tx, page, stored, outcome);
    if (current.leaseEpoch !== attempt.epoch) {
      this.record(tx, page, 'fence.rejected', attempt, { epoch: attempt.epoch });
      return;
    }
    if (current.state === 'sending') await this.restAsTheLadderSays(tx, current);
  }

  private async settleAttempt(
    tx: Tx,
    page: PageRow,
    attempt: PageAttemptRow,
    outcome: SendOutcome,
  ): Promise<void> {
    const providerSid = outcome.type === 'sent' ? outcome.sid : attempt.providerSid;
    // A receipt may have come before the provider's own answer; it knows better.
    const known = attempt.state !== 'started';
    const judged = known ? {} : afterSending(tx.now, attempt.channel, outcome);
    await this.attempts.update(tx.db, attempt.id, { ...judged, providerSid });
    const code = outcome.type === 'sent' ? null : outcome.code;
    this.record(tx, page, 'attempt.settled', attempt, { outcome: outcome.type, code });
    if (outcome.type !== 'permanent') return;
    this.log.warn('attempt.refused', { attempt: attempt.id, code, reason: outcome.reason });
    if (outcome.reason === 'bad_contact' || outcome.reason === 'opted_out') {
      await this.staff.disableMethod(tx, attempt.contactMethodId, outcome.reason);
    }
  }

  /** For a page whose row this transaction has locked. */
  async restAsTheLadderSays(tx: Tx, page: PageRow): Promise<void> {
    const { move } = await this.consider(tx, page);
    // Only a claim may find a person unreachable: it tells whoever asked for the page.
    const again = { type: 'wait', until: tx.now } as const;
    await this.rest(tx, page, move.type === 'unreachable' ? again : move);
  }

  private async rest(tx: Tx, page: PageRow, move: LadderMove): Promise<void> {
    const over = move.type === 'done' || move.type === 'unreachable';
    const dueAt = over ? null : move.type === 'wait' ? move.until : tx.now;
    await this.store.update(tx.db, page.id, {
      state: over ? 'settled' : 'sent',
      dueAt,
      leaseUntil: null,
      settledAt: over ? tx.now : null,
    });
    if (dueAt !== null && dueAt <= tx.now) {
      tx.ring({ job: 'deliver-page', id: page.id, priority: page.priority });
    }
  }

  private newAttempt(
    now: Date,
    page: PageRow,
    move: Extract<LadderMove, { type: 'send' }>,
    attempts: PageAttemptRow[],
    linkToken: string,
  ): PageAttemptRow {
    return {
      id: newId(),
      pageId: page.id,
      staffId: page.staffId,
      contactMethodId: move.methodId,
      channel: move.channel,
      try: attempts.filter(({ channel }) => channel === move.channel).length + 1,
      epoch: page.leaseEpoch,
      nonce: newToken(128),
      linkTokenHash: hashToken(linkToken),
      causedBy: move.causedBy,
      state: 'started',
      rank: 0,
      providerSid: null,
      providerStatus: null,
      failure: null,
      startedAt: now,
      deadlineAt: new Date(now.getTime() + leaseMs),
      settledAt: null,
      hangUpAt: null,
    };
  }

  private record(
    tx: Tx,
    page: PageRow,
    action: 'attempt.started' | 'attempt.settled' | 'fence.rejected',
    attempt: PageAttemptRow,
    body: Record<string, string | number | null>,
  ): void {
    this.audit.record(tx, {
      stream: this.purposes.get(page.purpose).stream(page.subjectId),
      action,
      actor: { type: 'system' },
      subjectRef: page.id,
      body: { attemptId: attempt.id, channel: attempt.channel, staffId: page.staffId, ...body },
    });
  }
}

function outgoing(
  now: Date,
  page: PageRow,
  attempt: PageAttemptRow,
  linkToken: string,
  to: string,
): OutgoingAttempt {
  const waitedMs = now.getTime() - new Date(page.content.waitingSince).getTime();
  return {
    nonce: attempt.nonce,
    channel: attempt.channel,
    try: attempt.try,
    to,
    content: page.content,
    waitingSeconds: Math.max(0, Math.floor(waitedMs / 1_000)),
    code: page.code,
    linkToken,
  };
}
