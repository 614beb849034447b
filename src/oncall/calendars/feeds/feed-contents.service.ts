import { Injectable } from '@nestjs/common';
import { hashToken } from '../../../platform/crypto/tokens.js';
import { type Tx, UnitOfWork } from '../../../platform/db/unit-of-work.js';
import { Staff } from '../../../staff/staff.service.js';
import { OnCall } from '../../on-call.service.js';
import { calendarText, type FeedEvent } from '../../rules/calendar/feed.js';
import { eventsOf, feedSpan } from '../../rules/calendar/shift-events.js';
import type { Shift } from '../../rules/schedule.js';
import { Schedules, type StoredSchedule } from '../../schedules/schedules.service.js';
import type { CalendarFeedRow } from './calendar-feed.row.js';
import { CalendarFeedsStore } from './calendar-feeds.store.js';

const noteReadEveryMs = 3_600_000;
/** An hourly rotation of several people for all the days that are shown. */
const eventsMax = 5_000;

interface Contents {
  name: string;
  events: FeedEvent[];
  now: Date;
}

/** What calendar programs read at the address of a feed. */
@Injectable()
export class FeedContents {
  constructor(
    private readonly store: CalendarFeedsStore,
    private readonly schedules: Schedules,
    private readonly onCall: OnCall,
    private readonly staff: Staff,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** An iCalendar file; null: no such feed, one that was revoked, or nobody's any more. */
  async text(token: string): Promise<string | null> {
    const contents = await this.unitOfWork.runInBackground((tx) => this.read(tx, token));
    if (contents === null) return null;
    return calendarText(contents.name, contents.events.slice(0, eventsMax), contents.now);
  }

  private async read(tx: Tx, token: string): Promise<Contents | null> {
    const feed = await this.store.byHash(tx.db, hashToken(token));
    const programIds = feed && (await this.programsShown(tx, feed));
    if (feed === null || programIds === null || programIds.length === 0) return null;
    const isNoted = feed.lastReadAt !== null && +tx.now - +feed.lastReadAt < noteReadEveryMs;
    if (!isNoted) await this.store.noteRead(tx.db, feed.id, tx.now);
    const { staffId, scheduleId } = feed;
    if (staffId !== null) {
      return { name: 'On call', events: await this.ofPerson(tx, staffId, programIds), now: tx.now };
    }
    const schedule = scheduleId === null ? null : await this.schedules.byId(tx, scheduleId);
    return (
      schedule && { name: schedule.name, events: await this.ofSchedule(tx, schedule), now: tx.now }
    );
  }

  /** Only where whoever was shown the address and whoever is shown in it still belong. */
  private async programsShown(tx: Tx, feed: CalendarFeedRow): Promise<string[]> {
    const { staffId, createdBy, programId } = feed;
    const own = await this.staff.programIds(tx, staffId ?? createdBy);
    if (programId === null) return own;
    const makers = await this.staff.programIds(tx, createdBy);
    return own.includes(programId) && makers.includes(programId) ? [programId] : [];
  }

  private async ofPerson(tx: Tx, staffId: string, programIds: string[]): Promise<FeedEvent[]> {
    const events: FeedEvent[] = [];
    for (const programId of programIds) {
      for (const schedule of await this.schedules.ofProgram(tx, programId)) {
        const shifts = await this.shifts(tx, schedule);
        const own = shifts.filter(({ member }) => member === staffId);
        events.push(...this.events(tx, { schedule, shifts: own }, () => schedule.name));
      }
    }
    return events;
  }

  private async ofSchedule(tx: Tx, schedule: StoredSchedule): Promise<FeedEvent[]> {
    const shifts = await this.shifts(tx, schedule);
    const members = shifts.map(({ member }) => member);
    const names = await this.staff.names(members, tx.db);
    return this.events(tx, { schedule, shifts }, (member) => {
      return `${schedule.name}: ${names.get(member) ?? member}`;
    });
  }

  private shifts(tx: Tx, schedule: StoredSchedule): Promise<Shift[]> {
    const { lookedFrom: from, lookedTo: to } = feedSpan(tx.now.getTime());
    return this.onCall.shifts(tx, schedule, { from, to });
  }

  private events(
    tx: Tx,
    { schedule, shifts }: { schedule: StoredSchedule; shifts: Shift[] },
    summaryOf: (member: string) => string,
  ): FeedEvent[] {
    const { id, body } = schedule;
    return eventsOf({ id, zone: body.zone, shifts }, feedSpan(tx.now.getTime()), summaryOf);
  }
}
