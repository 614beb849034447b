import { Injectable } from '@nestjs/common';
import { Audit } from '../../../audit/audit.service.js';
import { Vault } from '../../../platform/crypto/vault.js';
import { type Tx, UnitOfWork } from '../../../platform/db/unit-of-work.js';
import { troubleWith } from '../../../platform/http/guarded/guarded-fetch.js';
import { Rejection } from '../../../platform/http/rejection.js';
import { newId } from '../../../platform/ids.js';
import type { Person } from '../../../staff/rules/permissions.js';
import type { BusyCalendarRow } from './busy-calendar.row.js';
import { BusyCalendarsStore } from './busy-calendars.store.js';
import { type CalendarTrouble, calendarTroubles } from './calendar-trouble.js';

export interface BusyCalendarView {
  /** The rest of the address is as good as a password. */
  host: string;
  createdAt: Date;
  /** When it was last fetched and understood; null: not yet. */
  fetchedAt: Date | null;
  nextFetchAt: Date;
  /** What went wrong the last time; what was known before is kept. */
  trouble: { code: CalendarTrouble; detail: string } | null;
  /** Within the next 60 days, overlapping ones as one. */
  busyTimes: number;
}

/** Calendars that people keep elsewhere, of which we read when they are busy and nothing else. */
@Injectable()
export class BusyCalendars {
  constructor(
    private readonly store: BusyCalendarsStore,
    private readonly vault: Vault,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** Takes the place of the one before and of what was read from it; fetched in a moment. */
  async set({ staffId }: Person, url: string): Promise<BusyCalendarView> {
    const trouble = troubleWith(url);
    if (trouble !== null) throw new Rejection('unprocessable', calendarTroubles[trouble], trouble);
    return this.unitOfWork.run(async (tx) => {
      const replaced = await this.store.remove(tx.db, staffId);
      const id = newId();
      const key = await this.vault.createOrOpen(tx, { type: 'staff', id: staffId });
      const row: BusyCalendarRow = {
        id,
        staffId,
        url: key.seal(urlPlace(id), url),
        createdAt: tx.now,
        dueAt: tx.now,
        fetchedAt: null,
        failures: 0,
        trouble: null,
      };
      await this.store.put(tx.db, row);
      this.record(tx, 'busy_calendar.set', staffId, { replaced });
      return this.view(tx, row, url);
    });
  }

  /** 404 `not_found` when the person has given none. */
  async show({ staffId }: Person): Promise<BusyCalendarView> {
    return this.unitOfWork.run(async (tx) => {
      const row = await this.store.of(tx.db, staffId);
      const key = row && (await this.vault.open(tx.db, staffId));
      if (row === null || key === null) throw none();
      return this.view(tx, row, key.open(urlPlace(row.id), row.url));
    });
  }

  /** With everything that was read from it. 404 when there is none. */
  async remove({ staffId }: Person): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.store.remove(tx.db, staffId))) throw none();
      this.record(tx, 'busy_calendar.removed', staffId);
    });
  }

  private async view(tx: Tx, row: BusyCalendarRow, url: string): Promise<BusyCalendarView> {
    const { staffId, createdAt, fetchedAt, dueAt, trouble } = row;
    return {
      host: new URL(url).hostname,
      createdAt,
      fetchedAt,
      nextFetchAt: dueAt,
      trouble: trouble && { code: trouble, detail: calendarTroubles[trouble] },
      busyTimes: await this.store.countTimes(tx.db, staffId, tx.now),
    };
  }

  private record(
    tx: Tx,
    action: 'busy_calendar.set' | 'busy_calendar.removed',
    staffId: string,
    body: { replaced?: boolean } = {},
  ): void {
    const actor = { type: 'staff', id: staffId } as const;
    this.audit.record(tx, { stream: 'config', action, actor, subjectRef: staffId, body });
  }
}

export const urlPlace = (id: string) =>
  ({ table: 'busy_calendars', row: id, column: 'url' }) as const;

const none = () => new Rejection('not_found', 'You have given no calendar.');
