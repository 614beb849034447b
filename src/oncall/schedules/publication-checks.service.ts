import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Members } from '../../staff/profiles/members.service.js';
import { Staff } from '../../staff/staff.service.js';
import { unanswered } from '../rules/coverage.js';
import { acceptedTimes, unaccepted } from '../rules/gaps.js';
import { newViolations, violations } from '../rules/load/fatigue.js';
import { membersIn } from '../rules/members.js';
import { gapsOf, resolve } from '../rules/resolve.js';
import type { Interval } from '../rules/schedule.js';
import type { ScheduleBody } from '../rules/schedule-schema.js';
import { subtract, union } from '../rules/time/intervals.js';
import type { Segment } from '../rules/timeline.js';
import { fatigueWarnings, refuseFatigue, saidStretch, type Warning } from '../effects/warnings.js';
import type { ScheduleRow } from './schedule.row.js';
import { SchedulesStore } from './schedules.store.js';

/** Named of one change. */
const warningsMax = 10;

interface Seen {
  before: Readonly<ScheduleRow> | null;
  after: Readonly<ScheduleRow>;
  span: Interval;
  /** Who was on call before the span. */
  worked: Segment[];
  was: Segment[];
  is: Segment[];
}

/** What has to be right about a schedule before it is published. */
@Injectable()
export class PublicationChecks {
  constructor(
    private readonly store: SchedulesStore,
    private readonly staff: Staff,
    private readonly members: Members,
  ) {}

  /** 422 for a gap and, where the schedule is strict, for fatigue that nobody has accepted. */
  async judge(
    tx: Tx,
    { before, after, span, worked, was, is }: Seen,
    asked: {
      acceptedFatigue?: { reason: string } | undefined;
      gapsSeenLater?: boolean | undefined;
    },
  ): Promise<Warning[]> {
    const { fatigue, zone } = after.body;
    if (asked.gapsSeenLater !== true) {
      const known = before ? await this.openGaps(tx, before, was, span) : [];
      const gaps = subtract(await this.openGaps(tx, after, is, span), known);
      refuseGaps(after.key, gaps);
    }
    // By other limits than before, everything is looked at anew.
    const isSame = isDeepStrictEqual(before?.body.fatigue, fatigue);
    const tiring = newViolations(
      isSame ? violations(zone, fatigue, [...worked, ...was]) : [],
      violations(zone, fatigue, [...worked, ...is]),
    );
    const people = tiring.map(({ person }) => person);
    const warnings = fatigueWarnings(zone, tiring, await this.staff.names(people, tx.db));
    refuseFatigue(fatigue, tiring, {
      warnings,
      acceptedReason: asked.acceptedFatigue?.reason ?? null,
    });
    return [...warnings, ...(await this.outOfReach(tx, after, before ? was : [], is))];
  }

  /** Where the change puts only people on call who could not be paged or take a case then. */
  private async outOfReach(
    tx: Tx,
    { programId, body: { zone } }: Readonly<ScheduleRow>,
    was: readonly Segment[],
    is: readonly Segment[],
  ): Promise<Warning[]> {
    const members = await this.members.of(tx, { programId, participantId: null }, false);
    const known = [...unanswered(was, members), ...gapsOf(is)];
    return subtract(unanswered(is, members), union(known))
      .slice(0, warningsMax)
      .map((stretch) => {
        const when = saidStretch(zone, stretch);
        return { code: 'out_of_reach', detail: `Nobody on call can be paged: ${when}.` };
      });
  }

  /** The stretches of a timeline in which nobody is on call and nobody has accepted it. */
  async openGaps(
    tx: Tx,
    { id, body }: Pick<ScheduleRow, 'id' | 'body'>,
    segments: readonly Segment[],
    span: Interval,
  ): Promise<Interval[]> {
    const accepted = [
      ...acceptedTimes(body.zone, body.acceptedGaps, span),
      ...(await this.store.acceptedByOverrides(tx.db, id, span)),
    ];
    return unaccepted(gapsOf(segments), accepted);
  }

  /** 422 when it names somebody who may not take cases, or a gap is accepted by no supervisor. */
  async refuseStrangers(
    tx: Tx,
    { programId, key, body }: { programId: string; key: string; body: ScheduleBody },
    scheduleId: string | null,
  ): Promise<void> {
    const members = membersIn(body);
    const working = new Set(await this.staff.working(tx, members, programId));
    const supervisors = new Set(await this.staff.withRole(tx, programId, 'supervisor'));
    const refused = members.filter((id) => !working.has(id));
    const acceptors = body.acceptedGaps.map(({ acceptedBy }) => acceptedBy);
    const strangers = acceptors.filter((id) => !supervisors.has(id));
    if (refused.length === 0 && strangers.length === 0) return;
    const keys = await this.staff.keys(tx, strangers);
    const named = strangers.map((id) => keys.get(id) ?? id).join(', ');
    const text = [
      ...(refused.length > 0 ? [await this.saidGone(tx, `${key} names`, refused, scheduleId)] : []),
      ...(strangers.length > 0
        ? [`Schedule ${key} has a gap accepted by ${named}, who is no supervisor.`]
        : []),
    ];
    throw new Rejection('unprocessable', text.join(' '));
  }

  /** 422 when a schedule, an override or a swap still names somebody who may not take cases. */
  async refuseGone(
    tx: Tx,
    { id, programId, key, body }: Pick<ScheduleRow, 'id' | 'programId' | 'key' | 'body'>,
  ): Promise<void> {
    const beside = await this.store.namedBeside(tx.db, id, tx.now);
    const people = [...new Set([...membersIn(body), ...beside])];
    const working = new Set(await this.staff.working(tx, people, programId));
    const gone = people.filter((one) => !working.has(one));
    if (gone.length === 0) return;
    const text = await this.saidGone(tx, `${key} still names`, gone, id);
    throw new Rejection('unprocessable', text, 'still_on_call');
  }

  private async saidGone(
    tx: Tx,
    names: string,
    gone: readonly string[],
    scheduleId: string | null,
  ): Promise<string> {
    const keys = await this.staff.keys(tx, gone);
    const now = scheduleId === null ? [] : await this.onCallNow(tx, scheduleId);
    const said = gone.map((id) => {
      const holds = now.includes(id) ? ', who holds the current shift and' : ', who';
      return `${keys.get(id) ?? id}${holds} has no role that may take cases`;
    });
    return `Schedule ${names} ${said.join(', and ')}.`;
  }

  private async onCallNow(tx: Tx, scheduleId: string): Promise<string[]> {
    const row = await this.store.byId(tx.db, scheduleId);
    if (row === null) return [];
    const { programId, key } = row;
    const to = new Date(tx.now.getTime() + 1);
    const loaded = await this.store.inForce(tx.db, { programId, keys: [key], from: tx.now, to });
    return loaded.flatMap(({ row: { body }, overrides }) => {
      const { zone, layers, fixed, holidays } = body;
      const people = resolve({ zone, layers, fixed, holidays, overrides }, tx.now.getTime());
      return people.map(({ member }) => member);
    });
  }
}

/** 422 with every gap that nobody has accepted. */
export function refuseGaps(key: string, gaps: readonly Interval[]): void {
  const open = gaps.map(({ from, to }) => ({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  }));
  const [first] = open;
  if (first === undefined) return;
  const more = open.length > 1 ? ` and ${open.length - 1} more` : '';
  const text =
    `Schedule ${key} leaves nobody on call from ${first.from} to ${first.to}${more}. ` +
    'A supervisor has to accept this by name and with a reason.';
  throw new Rejection('unprocessable', text, 'gap_not_accepted', { gaps: open });
}
