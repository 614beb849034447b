import { Injectable } from '@nestjs/common';
import { Audit } from '../../../audit/audit.service.js';
import { hashToken, newToken } from '../../../platform/crypto/tokens.js';
import { type Tx, UnitOfWork } from '../../../platform/db/unit-of-work.js';
import { PublicAddress } from '../../../platform/http/public-address.js';
import { Rejection } from '../../../platform/http/rejection.js';
import { newId } from '../../../platform/ids.js';
import { Programs } from '../../../programs/programs.service.js';
import { Rights } from '../../../staff/rights.service.js';
import type { Person } from '../../../staff/rules/permissions.js';
import { Staff } from '../../../staff/staff.service.js';
import { Schedules } from '../../schedules/schedules.service.js';
import type { CalendarFeedRow } from './calendar-feed.row.js';
import { CalendarFeedsStore } from './calendar-feeds.store.js';

/** `program`, `staff` and `schedule` are keys; without `staff` the person is whoever asks. */
export type FeedWanted =
  | { kind: 'person'; program?: undefined }
  | { kind: 'person'; program: string; staff: string }
  | { kind: 'schedule'; program: string; schedule: string };

export interface FeedView {
  id: string;
  kind: 'person' | 'schedule';
  /** Null: every program of the person. */
  program: string | null;
  person: { id: string; name: string | null } | null;
  schedule: { id: string; key: string; name: string } | null;
  createdBy: { id: string; name: string | null };
  createdAt: Date;
  /** To the hour; null: never. */
  lastReadAt: Date | null;
}

type Shown = Pick<CalendarFeedRow, 'staffId' | 'scheduleId' | 'programId'>;

const feedsMax = 20;

/** Secret addresses of calendars: shown once, revoked at once. */
@Injectable()
export class CalendarFeeds {
  constructor(
    private readonly store: CalendarFeedsStore,
    private readonly schedules: Schedules,
    private readonly programs: Programs,
    private readonly staff: Staff,
    private readonly rights: Rights,
    private readonly address: PublicAddress,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** The address is returned here and never again. */
  async create(person: Person, wanted: FeedWanted): Promise<{ id: string; url: string }> {
    const programId = await this.programId(person, wanted);
    return this.unitOfWork.run(async (tx) => {
      const shown = await this.shown(tx, person, { wanted, programId });
      if ((await this.store.countMadeBy(tx.db, person.staffId)) >= feedsMax) {
        const text = `You have ${feedsMax} calendar feeds already. Revoke one that is not in use.`;
        throw new Rejection('conflict', text, 'too_many_feeds');
      }
      const token = newToken(256);
      const row: CalendarFeedRow = {
        id: newId(),
        ...shown,
        createdBy: person.staffId,
        tokenHash: hashToken(token),
        createdAt: tx.now,
        lastReadAt: null,
        revokedAt: null,
      };
      await this.store.insert(tx.db, row);
      this.record(tx, 'calendar_feed.created', row, person);
      return { id: row.id, url: this.address.of(`/calendars/${token}.ics`) };
    });
  }

  /** Those that show the person's own shifts or were made by them, the newest first. */
  async list(person: Person): Promise<FeedView[]> {
    return this.unitOfWork.run(async (tx) => {
      const rows = await this.store.of(tx.db, person.staffId);
      const people = rows.flatMap(({ staffId, createdBy }) => [staffId ?? createdBy, createdBy]);
      const names = await this.staff.names(people, tx.db);
      const views: FeedView[] = [];
      for (const row of rows) views.push(await this.view(tx, row, names));
      return views;
    });
  }

  /** Nobody reads it from the commit on. 404: the person has no such feed. */
  async revoke(person: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const row = await this.store.hold(tx.db, id);
      const isOwn = row !== null && [row.staffId, row.createdBy].includes(person.staffId);
      if (!isOwn) throw new Rejection('not_found', 'You have no such calendar feed.');
      await this.store.revoke(tx.db, id, tx.now);
      this.record(tx, 'calendar_feed.revoked', row, person);
    });
  }

  private async programId(person: Person, wanted: FeedWanted): Promise<string | null> {
    if (wanted.program === undefined) return null;
    const program = await this.rights.program(person, {
      key: wanted.program,
      permission: wanted.kind === 'person' ? 'supervisor' : 'staff',
      handler: 'CalendarFeedsController.create',
    });
    return program.id;
  }

  private async shown(
    tx: Tx,
    person: Person,
    { wanted, programId }: { wanted: FeedWanted; programId: string | null },
  ): Promise<Shown> {
    if (programId === null || wanted.program === undefined) {
      return { staffId: person.staffId, scheduleId: null, programId: null };
    }
    if (wanted.kind === 'person') {
      const staffId = await this.staff.idByKey(wanted.staff, tx);
      const works = staffId !== null && (await this.staff.programIds(tx, staffId));
      if (works && works.includes(programId)) return { staffId, scheduleId: null, programId };
      throw new Rejection('unprocessable', 'Nobody of this key works for the program.');
    }
    const schedule = await this.schedules.byKey(tx, programId, wanted.schedule);
    if (schedule) return { staffId: null, scheduleId: schedule.id, programId };
    throw new Rejection('unprocessable', 'The program has no such schedule.');
  }

  private async view(tx: Tx, row: CalendarFeedRow, names: Map<string, string>): Promise<FeedView> {
    const { id, staffId, scheduleId, programId, createdBy, createdAt, lastReadAt } = row;
    const schedule = scheduleId === null ? null : await this.schedules.byId(tx, scheduleId);
    const program = programId === null ? null : await this.programs.byId(programId, tx);
    const named = (person: string) => ({ id: person, name: names.get(person) ?? null });
    return {
      id,
      kind: staffId === null ? 'schedule' : 'person',
      program: program?.key ?? null,
      person: staffId === null ? null : named(staffId),
      schedule: schedule && { id: schedule.id, key: schedule.key, name: schedule.name },
      createdBy: named(createdBy),
      createdAt,
      lastReadAt,
    };
  }

  private record(
    tx: Tx,
    action: 'calendar_feed.created' | 'calendar_feed.revoked',
    { id, staffId, scheduleId, programId }: CalendarFeedRow,
    person: Person,
  ): void {
    this.audit.record(tx, {
      stream: 'config',
      action,
      actor: { type: 'staff', id: person.staffId },
      subjectRef: id,
      body: { staffId, scheduleId, programId },
    });
  }
}
