import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/unit-of-work.js';
import { Staff } from '../staff/staff.service.js';
import { OnCallChanges } from './on-call-changes.js';
import type { OnCallPerson } from './rules/answering/choose-people.js';
import { segmentAt, shiftsOf } from './rules/resolve.js';
import type { Interval, OnCallMember, Shift } from './rules/schedule.js';
import type { Segment } from './rules/timeline.js';
import { Schedules, type StoredSchedule } from './schedules/schedules.service.js';

/** Who is on call, by the same pure resolver wherever the question is asked. */
@Injectable()
export class OnCall {
  constructor(
    private readonly schedules: Schedules,
    private readonly staff: Staff,
    private readonly changes: OnCallChanges,
  ) {}

  /** Another policy pages other schedules. */
  policyChanged(tx: Tx, programId: string): Promise<void> {
    return this.changes.tell(tx, programId);
  }

  /** Everybody's shifts in a span, cut to it, by their beginning. */
  async shifts(tx: Tx, schedule: StoredSchedule, span: Interval): Promise<Shift[]> {
    return shiftsOf(await this.schedules.timeline(tx, schedule, span));
  }

  /** Ids of those on call on a schedule now; nobody when there is no such schedule. */
  async now(tx: Tx, scheduleId: string): Promise<string[]> {
    const schedule = await this.schedules.byId(tx, scheduleId);
    return schedule === null ? [] : this.idsAt(tx, schedule, tx.now);
  }

  /** Ids of those on call on a schedule at one instant, in its order. */
  async idsAt(tx: Tx, schedule: StoredSchedule, at: Date): Promise<string[]> {
    const span = { from: at.getTime(), to: at.getTime() + 1 };
    const segments = await this.schedules.timeline(tx, schedule, span);
    return segments.flatMap(({ people }) => people.map(({ member }) => member));
  }

  /**
   * Who is on call on these schedules at any instant of a span; nobody where there is no such
   * schedule.
   */
  async prepare(
    tx: Tx,
    programId: string,
    { keys, span }: { keys: readonly string[]; span: Interval },
  ): Promise<(scheduleKey: string, at: Date) => OnCallPerson[]> {
    const timelines = await this.schedules.timelines(tx, { programId, keys, span });
    const names = await this.stoodInFor(tx, [...timelines.values()]);
    return (key, at) => {
      const people = segmentAt(timelines.get(key) ?? [], at.getTime())?.people ?? [];
      return people.map(({ member, why }) => ({ id: member, why: whyText(key, why, names) }));
    };
  }

  /** Keys of those for whom somebody else is on call. */
  private stoodInFor(tx: Tx, timelines: readonly Segment[][]): Promise<Map<string, string>> {
    const reasons = timelines.flat().flatMap(({ people }) => people.map(({ why }) => why));
    const ids = reasons.flatMap((why) => ('instead' in why ? (why.instead ?? []) : []));
    return this.staff.keys(tx, [...new Set(ids)]);
  }
}

/** `keys` name those who are stood in for. */
export function whyText(
  scheduleKey: string,
  why: OnCallMember['why'],
  keys: ReadonlyMap<string, string>,
): string {
  if (why.kind === 'layer') return `schedule ${scheduleKey}, layer ${why.name}`;
  if (why.kind === 'fixed') return `schedule ${scheduleKey}, fixed: ${why.name}`;
  if (why.instead === null) return `schedule ${scheduleKey}, ${why.kind}`;
  return `schedule ${scheduleKey}, ${why.kind} in place of ${keys.get(why.instead) ?? why.instead}`;
}
