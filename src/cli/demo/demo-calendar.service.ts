import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { OnCall } from '../../oncall/on-call.service.js';
import { Overrides } from '../../oncall/overrides/overrides.service.js';
import type { Interval, Shift } from '../../oncall/rules/schedule.js';
import { Schedules, type StoredSchedule } from '../../oncall/schedules/schedules.service.js';
import { Swaps } from '../../oncall/swaps/swaps.service.js';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Programs } from '../../programs/programs.service.js';
import { Staff } from '../../staff/staff.service.js';

const dayMs = 86_400_000;
const daysAhead = 14;
const tuesday = 2;
const operator = { type: 'operator' } as const;

/** Changes of the coming days, so that the demo's calendar shows an override and a swap. */
@Injectable()
export class DemoCalendar {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly programs: Programs,
    private readonly schedules: Schedules,
    private readonly onCall: OnCall,
    private readonly overrides: Overrides,
    private readonly swaps: Swaps,
    private readonly staff: Staff,
  ) {}

  /** Does nothing where there are some to come. */
  async fill(programKey: string): Promise<void> {
    const program = await this.programs.byKey(programKey);
    if (program === null) return;
    await this.orLeave((tx) => this.override(tx, program.id));
    await this.orLeave((tx) => this.swap(tx, program.id));
  }

  private async orLeave(work: (tx: Tx) => Promise<void>): Promise<void> {
    try {
      await this.unitOfWork.run(work);
    } catch (error) {
      // Safe: somebody has changed the demo so that it does not fit, and it does without.
      if (!(error instanceof Rejection)) throw error;
    }
  }

  /** Somebody else for the next Tuesday evening. */
  private async override(tx: Tx, programId: string): Promise<void> {
    const schedule = await this.unchanged(tx, programId, 'primary');
    const people = await this.staff.idsByKey(tx, ['maya', 'daniel']);
    const [outgoing, incoming] = [people.get('maya'), people.get('daniel')];
    if (!schedule || !incoming || !outgoing) return;
    const today = Temporal.Instant.fromEpochMilliseconds(tx.now.getTime())
      .toZonedDateTimeISO(schedule.body.zone)
      .toPlainDate();
    const date = today.add({ days: ((tuesday - today.dayOfWeek + 6) % 7) + 1 });
    const at = (time: string) =>
      new Date(
        date.toZonedDateTime({ timeZone: schedule.body.zone, plainTime: time }).epochMilliseconds,
      );
    await this.overrides.make(tx, {
      scheduleId: schedule.id,
      kind: 'replace',
      incoming,
      outgoing,
      from: at('18:00'),
      to: at('22:00'),
      reason: 'A school play',
      by: operator,
      via: 'staff',
    });
  }

  /** Two people take each other's next shift. */
  private async swap(tx: Tx, programId: string): Promise<void> {
    const schedule = await this.unchanged(tx, programId, 'backup');
    const people = await this.staff.idsByKey(tx, ['daniel', 'tomas']);
    const [requester, counterpart] = [people.get('tomas'), people.get('daniel')];
    if (!schedule || !requester || !counterpart) return;
    const shifts = await this.onCall.shifts(tx, schedule, ahead(tx));
    const given = next(shifts, requester, 'weeknights');
    const inReturn = next(shifts, counterpart, 'weeknights');
    if (!given || !inReturn) return;
    await this.swaps.arrange(tx, schedule, {
      requester,
      counterpart,
      given,
      inReturn,
      by: operator,
      via: 'staff',
      reason: 'A class on that evening',
      accepted: { gapReason: null, fatigueReason: null },
    });
  }

  private async unchanged(tx: Tx, programId: string, key: string): Promise<StoredSchedule | null> {
    const schedule = await this.schedules.byKey(tx, programId, key);
    if (schedule === null) return null;
    const known = await this.overrides.of(tx, schedule.id, ahead(tx));
    return known.length === 0 ? schedule : null;
  }
}

/** Without what is on now, and without what would be cut. */
const ahead = (tx: Tx): Interval => ({
  from: tx.now.getTime() + dayMs,
  to: tx.now.getTime() + daysAhead * dayMs,
});

function next(shifts: readonly Shift[], member: string, layer: string): Interval | undefined {
  const [, ...whole] = shifts;
  return whole.find(
    (one) => one.member === member && one.why.kind === 'layer' && one.why.name === layer,
  );
}
