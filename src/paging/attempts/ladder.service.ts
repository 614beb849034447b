import { Injectable, Logger } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import type { Failure } from '../../platform/telephony/send-outcome.js';
import { type ContactMethod, Staff } from '../../staff/staff.service.js';
import { Channels } from '../channels/index.js';
import type { PageAttemptRow } from '../page-attempt.row.js';
import type { PageRow } from '../page.row.js';
import { PagesStore } from '../pages.store.js';
import { afterSilence } from '../rules/attempt-state.js';
import { type LadderMove, ladderTiming, nextAttempt, nextNotice } from '../rules/ladder.js';
import { AttemptLog } from './attempt-log.service.js';
import { AttemptsStore } from './attempts.store.js';

export interface Considered {
  move: LadderMove;
  attempts: PageAttemptRow[];
  methods: ContactMethod[];
}

/** What comes next for a page, by the attempts there were. The caller has locked the page's row. */
@Injectable()
export class Ladder {
  private readonly logger = new Logger('ladder');

  constructor(
    private readonly pages: PagesStore,
    private readonly attempts: AttemptsStore,
    private readonly staff: Staff,
    private readonly channels: Channels,
    private readonly log: AttemptLog,
  ) {}

  /** Asks the rules, after giving up on attempts whose time has passed without a word. */
  async consider(tx: Tx, page: PageRow): Promise<Considered> {
    const [attempts, known] = await Promise.all([
      this.attempts.of(tx.db, page.id),
      this.staff.contactMethods(page.staffId, tx),
    ]);
    for (const attempt of attempts) {
      if (attempt.settledAt !== null || attempt.deadlineAt > tx.now) continue;
      this.giveUp(tx, page, attempt);
    }
    const methods = known.flatMap((method) =>
      this.channels.has(method.channel) ? [{ ...method, channel: method.channel }] : [],
    );
    const tried = attempts.map((attempt) => ({
      ...attempt,
      methodId: attempt.contactMethodId,
      at: attempt.startedAt,
      finishedAt: attempt.settledAt,
    }));
    const next = page.purpose === 'notice' ? nextNotice : nextAttempt;
    return { move: next(tx.now, page, methods, tried, ladderTiming), attempts, methods };
  }

  /** Nothing was heard of it in time. */
  giveUp(tx: Tx, page: PageRow, attempt: PageAttemptRow): void {
    const change = { ...afterSilence(tx.now, attempt), hangUpAt: null };
    Object.assign(attempt, change);
    this.attempts.update(tx, attempt.id, change);
    this.log.record(tx, page, attempt, 'attempt.settled', {
      state: change.state,
      code: 'deadline',
    });
  }

  /** The page waits for its next moment, or is over. */
  rest(tx: Tx, page: PageRow, move: LadderMove): void {
    const over = move.type === 'done' || move.type === 'unreachable';
    const dueAt = over ? null : move.type === 'wait' ? move.until : tx.now;
    this.pages.update(tx, page.id, {
      state: over ? 'settled' : 'sent',
      dueAt,
      leaseUntil: null,
      settledAt: over ? tx.now : null,
    });
    if (dueAt !== null && dueAt <= tx.now) {
      tx.ring({ job: 'deliver-page', id: page.id, priority: page.priority });
    }
  }

  async restAsItSays(tx: Tx, page: PageRow): Promise<void> {
    const { move } = await this.consider(tx, page);
    // Only a claim may find a person unreachable: it tells whoever asked for the page.
    const again = { type: 'wait', until: tx.now } as const;
    this.rest(tx, page, move.type === 'unreachable' ? again : move);
  }

  /** A number that is none, or whose owner wants nothing, is not used again. */
  async retireMethod(tx: Tx, attempt: PageAttemptRow, failure: Failure): Promise<void> {
    if (failure.type !== 'permanent') return;
    const { code, reason } = failure;
    this.logger.warn('attempt.refused', { attempt: attempt.id, code, reason });
    if (reason !== 'bad_contact' && reason !== 'opted_out') return;
    await this.staff.disableMethod(tx, attempt.contactMethodId, reason);
  }
}
