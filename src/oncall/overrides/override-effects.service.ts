import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Members } from '../../staff/profiles/members.service.js';
import { Staff } from '../../staff/staff.service.js';
import { type Difference, differences } from '../rules/differences.js';
import { isInConflict } from '../rules/exchange/conflicts.js';
import { unanswered } from '../rules/coverage.js';
import { acceptedTimes, unaccepted } from '../rules/gaps.js';
import { fatigueReachMs, newViolations, violations } from '../rules/load/fatigue.js';
import type { Interval, Override } from '../rules/schedule.js';
import { subtract } from '../rules/time/intervals.js';
import { type Segment, timeline } from '../rules/timeline.js';
import { refuseGaps } from '../schedules/publication-checks.service.js';
import { asSchedule, type StoredSchedule } from '../schedules/schedules.service.js';
import { fatigueWarnings, refuseFatigue, saidStretch, type Warning } from '../effects/warnings.js';
import { IncomingWarnings } from './incoming-warnings.service.js';
import type { OverrideRow } from './override.row.js';
import { OverridesStore } from './overrides.store.js';

/** Overrides that come and go together. */
export interface Change {
  made: readonly OverrideRow[];
  dropped: readonly OverrideRow[];
}

/** Why a supervisor takes upon themselves what would be refused otherwise; null: nobody does. */
export interface Accepted {
  gapReason: string | null;
  fatigueReason: string | null;
  /** Who it is, where somebody else writes it down. */
  by?: string | undefined;
}

export interface Effect {
  /** Whose time on call changes. */
  differences: Difference[];
  warnings: Warning[];
  opensGap: boolean;
}

interface Asked {
  row: StoredSchedule;
  change: Change;
  accepted: Accepted;
  /** Whoever asks for several changes at once looks at the gaps of all together. */
  gapsSeenLater?: boolean;
  /** It is only asked for: whoever accepts it is refused. */
  fatigueSeenLater?: boolean;
}

const noEffect = ', so nothing changes.';

/** What a change of overrides would do, found before anything is written. */
@Injectable()
export class OverrideEffects {
  constructor(
    private readonly store: OverridesStore,
    private readonly incoming: IncomingWarnings,
    private readonly staff: Staff,
    private readonly members: Members,
  ) {}

  /** 409 where it meets another override of the same people, 422 where it may not be. */
  async judge(
    tx: Tx,
    { row, change, accepted, gapsSeenLater = false, fatigueSeenLater = false }: Asked,
  ): Promise<Effect> {
    const { body, key } = row;
    const span = spanOf(change, tx.now);
    const reach = fatigueReachMs(body.fatigue);
    const wide = { from: span.from - reach, to: span.to + reach };
    const known = await this.store.meeting(tx.db, row.id, new Date(wide.from), new Date(wide.to));
    const dropped = new Set(change.dropped.map(({ id }) => id));
    const kept = known.filter(({ id }) => !dropped.has(id));
    const then = [...kept, ...change.made];
    await this.refuseConflict(tx, row, change.made, kept);
    const at = (overrides: OverrideRow[], stretch: Interval): Segment[] =>
      timeline(asSchedule(body, overrides.map(asOverride)), stretch);
    const [was, is] = [at(known, span), at(then, span)];
    const about = { programId: row.programId, participantId: null };
    const members = await this.members.of(tx, about, false);
    const open = (segments: Segment[], overrides: OverrideRow[]) =>
      openGaps(body, unanswered(segments, members), overrides, span);
    const gaps = subtract(open(is, then), open(was, known));
    const found = differences(was, is);
    const [before, after] = [at(known, wide), at(then, wide)].map((segments) =>
      violations(body.zone, body.fatigue, segments),
    );
    const tiring = newViolations(before ?? [], after ?? []);
    const people = [...tiring.map(({ person }) => person), ...change.made.flatMap(peopleOf)];
    const names = await this.staff.names(people, tx.db);
    const warnings = fatigueWarnings(body.zone, tiring, names);
    if (!fatigueSeenLater) {
      refuseFatigue(body.fatigue, tiring, { warnings, acceptedReason: accepted.fatigueReason });
    }
    warnings.push(...(await this.incoming.look(tx, row, change.made, { names, accepted })));
    if (accepted.gapReason === null && !gapsSeenLater) refuseGaps(key, gaps);
    if (found.length === 0) warnings.push(...change.made.map((one) => idle(one, was, names)));
    return { differences: found, warnings, opensGap: gaps.length > 0 };
  }

  private async refuseConflict(
    tx: Tx,
    { body: { zone } }: StoredSchedule,
    made: readonly OverrideRow[],
    kept: readonly OverrideRow[],
  ): Promise<void> {
    const other = kept.find((old) =>
      made.some((one) => isInConflict(touching(one), touching(old))),
    );
    if (other === undefined) return;
    const { id, kind, incoming, outgoing, fromAt, toAt, madeBy, madeVia, swapId } = other;
    const ids = [incoming, outgoing, madeBy].filter((one) => one !== null);
    const names = await this.staff.names(ids, tx.db);
    const named = (one: string | null) => one && { id: one, name: names.get(one) ?? null };
    const when = saidStretch(zone, { from: fromAt.getTime(), to: toAt.getTime() });
    const by = madeBy === null ? madeVia : names.get(madeBy);
    throw new Rejection(
      'conflict',
      `Another override has it already: ${saidOverride(other, names)}, ${when}, made by ${by}.`,
      'override_conflict',
      {
        override: {
          id,
          kind,
          incoming: named(incoming),
          outgoing: named(outgoing),
          from: fromAt.toISOString(),
          to: toAt.toISOString(),
          madeBy: named(madeBy),
          madeVia,
          swapId,
        },
      },
    );
  }
}

export const asOverride = (row: OverrideRow): Override => ({
  id: row.id,
  kind: row.kind,
  from: row.fromAt.getTime(),
  to: row.toAt.getTime(),
  incoming: row.incoming,
  outgoing: row.outgoing,
  swapId: row.swapId,
});

export const peopleOf = ({ incoming, outgoing }: OverrideRow): string[] =>
  [incoming, outgoing].filter((one) => one !== null);

/** Who does what, such as "Kim in place of Lee". */
function saidOverride(
  { incoming, outgoing }: Pick<OverrideRow, 'incoming' | 'outgoing'>,
  names: ReadonlyMap<string, string>,
): string {
  const name = (id: string) => names.get(id) ?? id;
  if (incoming === null) return `without ${name(outgoing as string)}`;
  if (outgoing === null) return `${name(incoming)} as well`;
  return `${name(incoming)} in place of ${name(outgoing)}`;
}

function touching(row: OverrideRow) {
  return { ...asOverride(row), people: [row.incoming, row.outgoing] };
}

/** From now on: what has passed is changed by nobody. */
function spanOf({ made, dropped }: Change, now: Date): Interval {
  const all = [...made, ...dropped].map(asOverride);
  const from = Math.max(now.getTime(), Math.min(...all.map((one) => one.from)));
  return { from, to: Math.max(...all.map((one) => one.to)) };
}

function openGaps(
  { zone, acceptedGaps }: StoredSchedule['body'],
  gaps: readonly Interval[],
  overrides: readonly OverrideRow[],
  span: Interval,
): Interval[] {
  const byOverrides = overrides.filter((one) => one.acceptedGapReason !== null).map(asOverride);
  const accepted = [...acceptedTimes(zone, acceptedGaps, span), ...byOverrides];
  return unaccepted(gaps, accepted);
}

/** Why an override changes nothing. */
function idle(
  { incoming, outgoing, fromAt, toAt }: OverrideRow,
  was: readonly Segment[],
  names: ReadonlyMap<string, string>,
): Warning {
  const name = (id: string | null) => (id === null ? '' : (names.get(id) ?? id));
  const within = was.filter(({ from, to }) => from < toAt.getTime() && fromAt.getTime() < to);
  const reasons = within.flatMap(({ people }) => people.map(({ why }) => why));
  const fixed = reasons.find((why) => why.kind === 'fixed');
  const under =
    fixed === undefined ? '' : `, under the fixed stretch ${'name' in fixed ? fixed.name : ''}`;
  const detail =
    outgoing === null
      ? `${name(incoming)} is on call in that time already${noEffect}`
      : `${name(outgoing)} is not on call in that time${under}${noEffect}`;
  return { code: 'no_effect', detail };
}
