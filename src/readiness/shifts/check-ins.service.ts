import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { AuditStream } from '../../audit/rules/event.js';
import type { StoredSchedule } from '../../oncall/schedules/schedules.service.js';
import { Paging } from '../../paging/paging.service.js';
import {
  type AnswerResult,
  type Page,
  type PageAnswer,
  type Purpose,
  Purposes,
} from '../../paging/purposes.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { shiftDueAt } from '../rules/shift-clock.js';
import { ShiftLocks } from './shift-locks.service.js';
import { stretchOf } from './shift-words.js';
import type { ShiftWatchRow } from './shift-watch.row.js';
import { ShiftWatchesStore } from './shift-watches.store.js';
import { StandIns } from './stand-ins.service.js';

const checkInPriority = 3;

interface Answer {
  here: boolean;
  channel: PageAnswer['channel'];
  proof: Record<string, string>;
}

/** At the beginning of a shift a human says that they are there; else somebody stands in. */
@Injectable()
export class CheckIns implements OnModuleInit, Purpose {
  constructor(
    private readonly watches: ShiftWatchesStore,
    private readonly locks: ShiftLocks,
    private readonly standIns: StandIns,
    private readonly paging: Paging,
    private readonly purposes: Purposes,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.purposes.register('check_in', this);
  }

  /** Pages them, for the first time or again; nobody is taken off call meanwhile. */
  async ask(tx: Tx, schedule: StoredSchedule, watch: ShiftWatchRow): Promise<void> {
    const { id, staffId, rootId } = watch;
    const asked = {
      state: 'asked' as const,
      asks: watch.asks + 1,
      askedAt: watch.askedAt ?? tx.now,
    };
    const next = { ...watch, ...asked };
    this.watches.update(tx, id, { ...asked, dueAt: shiftDueAt(next) });
    await this.paging.page(tx, {
      purpose: 'check_in',
      subjectId: id,
      occasion: `ask-${asked.asks}`,
      staffIds: [staffId],
      priority: checkInPriority,
      content: {
        ...stretchOf(schedule, watch),
        reason: rootId === null ? 'check_in' : 'stand_in',
      },
    });
    this.audit.record(tx, {
      stream: 'system',
      action: 'check_in.asked',
      actor: { type: 'system' },
      subjectRef: id,
      body: { scheduleId: schedule.id, staffId, asks: asked.asks, standsIn: rootId !== null },
    });
  }

  /** Nobody has answered in time. */
  async miss(tx: Tx, schedule: StoredSchedule, watch: ShiftWatchRow): Promise<void> {
    await this.standIns.replace(tx, schedule, watch, 'missed');
  }

  stream(): AuditStream {
    return 'system';
  }

  taken(tx: Tx, answer: PageAnswer): Promise<AnswerResult> {
    return this.byPage(tx, answer, true);
  }

  declined(tx: Tx, answer: PageAnswer): Promise<AnswerResult> {
    return this.byPage(tx, answer, false);
  }

  /** Whoever no page can reach is not waited for. */
  async unreachable(tx: Tx, page: Page): Promise<void> {
    const held = await this.locks.hold(tx, page.subjectId);
    if (held?.watch.state !== 'asked') return;
    await this.standIns.replace(tx, held.schedule, held.watch, 'unreachable');
  }

  /** The caller has locked the shift. */
  async answer(
    tx: Tx,
    { schedule, watch }: { schedule: StoredSchedule; watch: ShiftWatchRow },
    answer: Answer,
  ): Promise<AnswerResult['outcome']> {
    const { here, channel, proof } = answer;
    if (await this.isStoodInFor(tx, watch)) return 'taken_by_other';
    if (watch.askedAt === null || watch.state === 'over') return 'over';
    if (here && watch.state === 'on') return 'already_yours';
    if (!here && watch.state === 'declined') return 'declined';
    const answered = { answeredAt: tx.now, answeredVia: channel };
    this.audit.record(tx, {
      stream: 'system',
      action: here ? 'check_in.answered' : 'check_in.declined',
      actor: { type: 'staff', id: watch.staffId },
      subjectRef: watch.id,
      body: { scheduleId: schedule.id, channel, proof },
    });
    if (!here) {
      this.watches.update(tx, watch.id, answered);
      await this.standIns.replace(tx, schedule, watch, 'declined');
      return 'declined';
    }
    const next = { ...watch, state: 'on' as const };
    this.watches.update(tx, watch.id, { ...answered, state: 'on', dueAt: shiftDueAt(next) });
    await this.paging.withdraw(tx, 'check_in', watch.id);
    return 'taken';
  }

  private isStoodInFor(tx: Tx, { id, rootId, stoodInAt }: ShiftWatchRow): Promise<boolean> {
    if (stoodInAt === null) return Promise.resolve(false);
    return this.watches.hasStandIn(tx.db, { rootId: rootId ?? id, since: stoodInAt }, tx.now);
  }

  private async byPage(
    tx: Tx,
    { page, channel, proof }: PageAnswer,
    here: boolean,
  ): Promise<AnswerResult> {
    const held = await this.locks.hold(tx, page.subjectId);
    if (held === null) return { outcome: 'over' }; // The plan has changed since.
    return { outcome: await this.answer(tx, held, { here, channel, proof }) };
  }
}
