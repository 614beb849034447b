import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { AuditStream } from '../audit/rules/event.js';
import { Paging } from '../paging/paging.service.js';
import type { PageContent } from '../paging/rules/page-content.js';
import { type AnswerResult, type PageAnswer, type Purpose, Purposes } from '../paging/purposes.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { Staff } from '../staff/staff.service.js';
import type { AlarmKind, AlarmRow } from './alarm.row.js';
import { AlarmsStore } from './alarms.store.js';

const repeatMs = 120_000;
const alarmPriority = 1;

type AlarmAction = 'alarm.opened' | 'alarm.repeated' | 'alarm.withdrawn';

export interface AlarmRequest {
  kind: AlarmKind;
  programId: string;
  subjectId: string;
  content: PageContent;
}

/** The loud alarm: every supervisor, again and again, until a human takes it by name. */
@Injectable()
export class Alarms implements OnModuleInit, Purpose {
  private readonly log = new Logger('alarms');

  constructor(
    private readonly store: AlarmsStore,
    private readonly paging: Paging,
    private readonly purposes: Purposes,
    private readonly staff: Staff,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.purposes.register('alarm', this);
  }

  /** While the same alarm is open this changes nothing: it repeats by itself. */
  async open(tx: Tx, request: AlarmRequest): Promise<void> {
    const row: AlarmRow = {
      id: newId(),
      ...request,
      openedAt: tx.now,
      dueAt: new Date(tx.now.getTime() + repeatMs),
      repeats: 0,
      takenBy: null,
      takenAt: null,
      withdrawnAt: null,
    };
    if (!(await this.store.insert(tx.db, row))) return;
    this.record(tx, row, 'alarm.opened');
    await this.sound(tx, row);
  }

  /** The alarm's clock rang; harmless when it did not. */
  async repeat(id: string): Promise<void> {
    await this.unitOfWork.runInBackground(async (tx) => {
      const row = await this.store.lockDue(tx.db, id, tx.now);
      if (row === null) return;
      row.repeats += 1;
      row.dueAt = new Date(tx.now.getTime() + repeatMs);
      await this.store.update(tx.db, id, { repeats: row.repeats, dueAt: row.dueAt });
      this.record(tx, row, 'alarm.repeated');
      await this.sound(tx, row);
    });
  }

  /** Whoever takes what the alarm is about has taken the alarm. */
  async takeAbout(tx: Tx, subjectId: string, staffId: string): Promise<void> {
    for (const row of await this.store.openAbout(tx.db, subjectId)) {
      await this.take(tx, row, staffId, 'case');
    }
  }

  /** What the alarm is about is no more: nobody is asked to take it. */
  async withdrawAbout(tx: Tx, subjectId: string): Promise<void> {
    for (const row of await this.store.openAbout(tx.db, subjectId)) {
      await this.store.update(tx.db, row.id, { withdrawnAt: tx.now, dueAt: null });
      await this.paging.withdraw(tx, 'alarm', row.id);
      this.record(tx, row, 'alarm.withdrawn');
    }
  }

  dueIds(limit: number): Promise<string[]> {
    return this.store.dueIds(limit);
  }

  countOpen(): Promise<number> {
    return this.store.countOpen();
  }

  stream(): AuditStream {
    return 'system';
  }

  async taken(tx: Tx, { page, staffId, channel }: PageAnswer): Promise<AnswerResult> {
    const row = await this.store.lock(tx.db, page.subjectId);
    if (row === null) throw new Error(`Alarm ${page.subjectId} is gone.`);
    if (row.takenBy !== null) {
      return { outcome: row.takenBy === staffId ? 'already_yours' : 'taken_by_other' };
    }
    if (row.withdrawnAt !== null) return { outcome: 'over' };
    await this.take(tx, row, staffId, channel);
    return { outcome: 'taken' };
  }

  /** Passing an alarm on changes nothing: it goes to every supervisor anyway. */
  declined(): Promise<AnswerResult> {
    return Promise.resolve({ outcome: 'declined' });
  }

  /** The other supervisors were paged as well, and the alarm repeats. */
  unreachable(): Promise<void> {
    return Promise.resolve();
  }

  private async sound(tx: Tx, row: AlarmRow): Promise<void> {
    this.log.fatal('alarm.sounding', { alarm: row.id, kind: row.kind, repeats: row.repeats });
    await this.paging.page(tx, {
      purpose: 'alarm',
      subjectId: row.id,
      occasion: `alarm-${row.repeats}`,
      staffIds: await this.listeners(tx, row.programId),
      priority: alarmPriority,
      content: row.content,
    });
  }

  /** The supervisors; where none can be paged the admins, then the backstop: never nobody. */
  private async listeners(tx: Tx, programId: string): Promise<string[]> {
    const roles = ['supervisor', 'admin', 'backstop'] as const;
    const [supervisors = [], admins = [], backstop = []] = await Promise.all(
      roles.map((role) => this.staff.withRole(tx, programId, role)),
    );
    const about = { programId, participantId: null };
    const inOrder = [
      () => this.staff.reachable(tx, supervisors, about),
      () => this.staff.pageable(tx, programId, admins),
      () => this.staff.reachable(tx, backstop, about),
      () => this.staff.pageable(tx, programId, [...supervisors, ...backstop]),
    ];
    for (const find of inOrder) {
      const found = await find();
      if (found.length > 0) return found;
    }
    return [];
  }

  private async take(tx: Tx, row: AlarmRow, staffId: string, channel: string): Promise<void> {
    const change = { takenBy: staffId, takenAt: tx.now, dueAt: null };
    await this.store.update(tx.db, row.id, change);
    await this.paging.withdraw(tx, 'alarm', row.id);
    this.audit.record(tx, {
      stream: 'system',
      action: 'alarm.taken',
      actor: { type: 'staff', id: staffId },
      subjectRef: row.subjectId,
      body: { alarmId: row.id, kind: row.kind, channel },
    });
  }

  private record(tx: Tx, row: AlarmRow, action: AlarmAction): void {
    this.audit.record(tx, {
      stream: 'system',
      action,
      actor: { type: 'system' },
      subjectRef: row.subjectId,
      body: { alarmId: row.id, kind: row.kind, repeats: row.repeats },
    });
  }
}
