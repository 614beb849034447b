import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import type { SendOutcome } from '../platform/telephony/send-outcome.js';
import { AttemptLog } from './attempts/attempt-log.service.js';
import { AttemptsStore } from './attempts/attempts.store.js';
import { type Considered, Ladder } from './attempts/ladder.service.js';
import { newAttempt, outgoing } from './attempts/new-attempt.js';
import type { OutgoingAttempt } from './channels/channel.js';
import { Channels } from './channels/index.js';
import type { PageAttemptRow } from './page-attempt.row.js';
import type { PageRow } from './page.row.js';
import { PagesStore } from './pages.store.js';
import { Purposes } from './purposes.js';
import { afterSending, leftBehindAt } from './rules/attempt-state.js';
import type { LadderMove } from './rules/ladder.js';

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
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly pages: PagesStore,
    private readonly attempts: AttemptsStore,
    private readonly ladder: Ladder,
    private readonly channels: Channels,
    private readonly purposes: Purposes,
    private readonly log: AttemptLog,
  ) {}

  dueIds(limit: number): Promise<string[]> {
    return this.pages.dueIds(limit);
  }

  /** Harmless when rung twice, late, or for a page that is withdrawn or taken. */
  async deliver(pageId: string): Promise<void> {
    const claimed = await this.unitOfWork.runInBackground((tx) => this.claim(tx, pageId));
    if (claimed === null) return;
    if (claimed === 'unreachable') return this.tellUnreachable(pageId);
    if (performance.now() - claimed.claimedAt > leaseMs - sendTimeoutMs) return;
    const outcome = await this.channels.get(claimed.attempt.channel).send(claimed.outgoing);
    await this.unitOfWork.runInBackground((tx) => this.settle(tx, claimed, outcome));
  }

  /** Null when there is nothing to send now. */
  private async claim(tx: Tx, pageId: string): Promise<Claimed | 'unreachable' | null> {
    const page = await this.pages.claimable(tx.db, pageId, tx.now);
    if (page === null) return null;
    const considered = await this.ladder.consider(tx, page);
    const { move } = considered;
    if (move.type === 'send') {
      if (move.channel !== 'voice' || !(await this.phoneIsTaken(tx, page))) {
        return this.writeAhead(tx, page, move, considered);
      }
      const until = new Date(tx.now.getTime() + phonePollMs);
      this.ladder.rest(tx, page, { type: 'wait', until });
      return null;
    }
    this.ladder.rest(tx, page, move);
    return move.type === 'unreachable' ? 'unreachable' : null;
  }

  /** Lease, epoch + 1 and the attempt row: committed before the provider hears of it. */
  private writeAhead(
    tx: Tx,
    page: PageRow,
    move: Extract<LadderMove, { type: 'send' }>,
    { attempts, methods }: Considered,
  ): Claimed {
    const claimedAt = performance.now();
    const leaseEpoch = page.leaseEpoch + 1;
    const leaseUntil = new Date(tx.now.getTime() + leaseMs);
    const change = { state: 'sending', leaseEpoch, leaseUntil, dueAt: leaseUntil } as const;
    this.pages.update(tx, page.id, { ...change, tries: page.tries + 1 });
    const fresh = newAttempt(tx.now, leaseUntil, { ...page, ...change }, move, attempts);
    const { attempt } = fresh;
    this.attempts.insert(tx, attempt);
    this.log.record(tx, page, attempt, 'attempt.started');
    const to = methods.find(({ id }) => id === attempt.contactMethodId)?.address();
    if (to === undefined) throw new Error(`There is no method ${attempt.contactMethodId}.`);
    return { page, attempt, outgoing: outgoing(page, fresh, to), claimedAt };
  }

  /** One ringing call per person, the most urgent page first and of equals the oldest. */
  private async phoneIsTaken(tx: Tx, page: PageRow): Promise<boolean> {
    await this.attempts.holdPhoneOf(tx.db, page.staffId);
    if (await this.attempts.isOnThePhone(tx.db, page.staffId, tx.now)) return true;
    // A more urgent page that also waits for this phone looks again within one poll.
    const soon = new Date(tx.now.getTime() + phonePollMs);
    return this.pages.hasMoreUrgent(tx.db, page, soon);
  }

  /** In a transaction of its own: what asked for the page is locked before it, never after. */
  private async tellUnreachable(pageId: string): Promise<void> {
    await this.unitOfWork.runInBackground(async (tx) => {
      const page = await this.pages.byId(pageId, tx.db);
      if (page) await this.purposes.get(page.purpose).unreachable(tx, page);
    });
  }

  /** Writes the page only where the epoch is still ours; the attempt is ours in any case. */
  private async settle(tx: Tx, { page, attempt }: Claimed, outcome: SendOutcome): Promise<void> {
    this.pages.hold(tx, page.id);
    const [current, stored] = await Promise.all([
      this.pages.byId(page.id, tx.db),
      this.attempts.byNonce(attempt.nonce, tx.db),
    ]);
    if (current === null || stored === null) throw new Error(`Page ${page.id} is gone.`);
    await this.settleAttempt(tx, current, stored, outcome);
    if (current.leaseEpoch !== attempt.epoch) {
      this.log.record(tx, page, attempt, 'fence.rejected', { epoch: attempt.epoch });
      return;
    }
    if (current.state === 'sending') await this.ladder.restAsItSays(tx, current);
  }

  private async settleAttempt(
    tx: Tx,
    page: PageRow,
    attempt: PageAttemptRow,
    outcome: SendOutcome,
  ): Promise<void> {
    const providerSid = outcome.type === 'sent' ? outcome.sid : attempt.providerSid;
    // A receipt or a key may have come before the provider's own answer; it knows better.
    const first = attempt.state === 'started';
    const judged = first ? afterSending(tx.now, attempt.channel, outcome) : {};
    const settled = { ...attempt, ...judged, providerSid };
    // Withdrawn while the request was under way: the call that came of it must not go on ringing.
    if (first && page.state === 'withdrawn') settled.hangUpAt = leftBehindAt(tx.now, settled);
    const { state, failure, settledAt, deadlineAt, hangUpAt } = settled;
    const change = { state, failure, settledAt, deadlineAt, hangUpAt, providerSid };
    this.attempts.update(tx, attempt.id, change);
    if (hangUpAt !== null && hangUpAt <= tx.now) {
      tx.ring({ job: 'hang-up-call', id: attempt.id, priority: 1 });
    }
    const code = outcome.type === 'sent' ? null : outcome.code;
    this.log.record(tx, page, attempt, 'attempt.settled', { outcome: outcome.type, code });
    if (outcome.type !== 'sent') await this.ladder.retireMethod(tx, attempt, outcome);
  }
}
