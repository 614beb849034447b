import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Vault } from '../../../platform/crypto/vault.js';
import { type Tx, UnitOfWork } from '../../../platform/db/unit-of-work.js';
import { GuardedFetch } from '../../../platform/http/guarded/guarded-fetch.js';
import { Programs } from '../../../programs/programs.service.js';
import { Staff } from '../../../staff/staff.service.js';
import type { Interval } from '../../rules/schedule.js';
import { urlPlace } from './busy-calendars.service.js';
import { BusyCalendarsStore } from './busy-calendars.store.js';
import { CalendarReader } from './calendar-reader.js';
import type { CalendarTrouble } from './calendar-trouble.js';

const hourMs = 3_600_000;
const aheadMs = 60 * 24 * hourMs;
const backOffMaxMs = 24 * hourMs;
/** Longer than a fetch can take; afterwards it is somebody else's. */
const leaseMs = 60_000;
const atOnceMax = 4;

interface Claim extends Interval {
  id: string;
  staffId: string;
  url: string;
  zone: string;
}

/** Fetches every busy calendar once an hour. */
@Injectable()
export class BusyFetches implements BeforeApplicationShutdown {
  private readonly log = new Logger('busy-calendars');
  private readonly stopped = new AbortController();
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly store: BusyCalendarsStore,
    private readonly fetching: GuardedFetch,
    private readonly reader: CalendarReader,
    private readonly staff: Staff,
    private readonly programs: Programs,
    private readonly vault: Vault,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** No more than can be begun now. */
  async dueIds(limit: number): Promise<string[]> {
    const free = this.stopped.signal.aborted ? 0 : atOnceMax - this.running.size;
    return free > 0 ? this.store.dueIds(Math.min(limit, free)) : [];
  }

  /** Only begins: somebody else's slow server must not hold up whoever rang. */
  fetch(id: string): Promise<void> {
    const isFull = this.running.size >= atOnceMax || this.stopped.signal.aborted;
    if (!isFull && !this.running.has(id)) {
      const work = this.fetchOnce(id)
        .catch((error: unknown) => {
          // Safe: the row is due again when the lease is over.
          this.log.warn('busy_calendar.not_settled', { id, error: String(error) });
        })
        .finally(() => this.running.delete(id));
      this.running.set(id, work);
    }
    return Promise.resolve();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.idle();
  }

  /** When nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.running.values());
  }

  private async fetchOnce(id: string): Promise<void> {
    const claim = await this.unitOfWork.runInBackground((tx) => this.claim(tx, id));
    if (claim === null) return;
    const result = await this.timesOf(claim);
    if (this.stopped.signal.aborted) return;
    await this.unitOfWork.runInBackground((tx) => this.settle(tx, claim, result));
  }

  /** Null: it is not due, or under way elsewhere. */
  private async claim(tx: Tx, id: string): Promise<Claim | null> {
    const row = await this.store.lockDue(tx.db, id, tx.now);
    if (row === null) return null;
    const { staffId, url } = row;
    const key = await this.vault.open(tx.db, staffId);
    if (key === null) {
      // What was sealed under a key that was destroyed is gone; so is what was read from it.
      await this.store.remove(tx.db, staffId);
      return null;
    }
    await this.store.update(tx.db, id, { dueAt: after(tx.now, leaseMs) });
    const from = tx.now.getTime();
    return {
      id,
      staffId,
      url: key.open(urlPlace(id), url),
      zone: await this.zoneOf(tx, staffId),
      from,
      to: from + aheadMs,
    };
  }

  /** Of the first program by its key, for somebody who works in several zones. */
  private async zoneOf(tx: Tx, staffId: string): Promise<string> {
    const ids = await this.staff.programIds(tx, staffId);
    const programs = await Promise.all(ids.map((id) => this.programs.byId(id, tx)));
    const known = programs.filter((program) => program !== null);
    return known.toSorted((one, other) => (one.key < other.key ? -1 : 1))[0]?.zone ?? 'UTC';
  }

  private async timesOf({ url, zone, from, to }: Claim): Promise<Interval[] | CalendarTrouble> {
    const fetched = await this.fetching.get(url, this.stopped.signal);
    if ('trouble' in fetched) return fetched.trouble;
    return this.reader.read({ text: fetched.body.toString('utf8'), zone, from, to });
  }

  private async settle(
    tx: Tx,
    { id, staffId }: Claim,
    result: Interval[] | CalendarTrouble,
  ): Promise<void> {
    const row = await this.store.lock(tx.db, id);
    if (row === null) return;
    if (typeof result === 'string') {
      const failures = row.failures + 1;
      const waitMs = Math.min(hourMs * 2 ** (failures - 1), backOffMaxMs);
      const dueAt = after(tx.now, waitMs);
      await this.store.update(tx.db, id, { dueAt, failures, trouble: result });
      this.log.warn('busy_calendar.not_read', { staffId, trouble: result, failures });
      return;
    }
    await this.store.replaceTimes(tx.db, staffId, result);
    const read = { fetchedAt: tx.now, failures: 0, trouble: null };
    await this.store.update(tx.db, id, { ...read, dueAt: after(tx.now, hourMs) });
  }
}

const after = (moment: Date, ms: number): Date => new Date(moment.getTime() + ms);
