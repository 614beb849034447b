import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { AuditActor } from '../../audit/rules/event.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { OnCallChanges } from '../on-call-changes.js';
import { type NewsKind, OnCallNews } from '../on-call-news.js';
import type { Difference } from '../rules/differences.js';
import type { Interval } from '../rules/schedule.js';
import type { StoredSchedule } from '../schedules/schedules.service.js';
import { SchedulesStore } from '../schedules/schedules.store.js';
import type { Warning } from '../effects/warnings.js';
import {
  type Accepted,
  type Change,
  type Effect,
  OverrideEffects,
  peopleOf,
} from './override-effects.service.js';
import { OverrideDrafts, type OverrideWanted } from './override-drafts.service.js';
import type { OverrideRow } from './override.row.js';
import { OverridesStore } from './overrides.store.js';

export type StoredOverride = Readonly<OverrideRow>;

export interface OverrideMade {
  row: StoredOverride;
  differences: Difference[];
  warnings: Warning[];
}

interface Done {
  by: AuditActor;
  onBehalfOf?: string | undefined;
  accepted?: Accepted | undefined;
  /** Whoever asks for several changes at once looks at the gaps of all together. */
  gapsSeenLater?: boolean | undefined;
  /** Whatever made it, nobody else tells the people. */
  isAlone?: boolean | undefined;
}

/** Changes to who is on call for a while: replace, add, remove. */
@Injectable()
export class Overrides {
  constructor(
    private readonly store: OverridesStore,
    private readonly schedules: SchedulesStore,
    private readonly effects: OverrideEffects,
    private readonly drafts: OverrideDrafts,
    private readonly changes: OnCallChanges,
    private readonly news: OnCallNews,
    private readonly audit: Audit,
  ) {}

  /**
   * From now on at the earliest. 409 `override_conflict` with another one of the same people, 422
   * for people who may not take cases, for a gap and for fatigue that nobody has accepted.
   * Whoever is promoted because of a missed check-in comes beside a stand-in, not in their place.
   */
  async make(tx: Tx, wanted: OverrideWanted): Promise<OverrideMade> {
    const schedule = await this.hold(tx, wanted.scheduleId);
    const row = await this.drafts.of(tx, schedule, wanted);
    const change = { made: [row], dropped: [] };
    const { by } = wanted;
    const accepted = acceptedBy(wanted);
    const seen = { by, accepted, gapsSeenLater: wanted.gapsSeenLater };
    const effect = await this.change(tx, schedule, change, seen);
    return { row, ...effect };
  }

  /** The same without doing it. */
  async preview(tx: Tx, wanted: OverrideWanted): Promise<OverrideMade> {
    const schedule = await this.hold(tx, wanted.scheduleId);
    const row = await this.drafts.of(tx, schedule, wanted);
    const change = { made: [row], dropped: [] };
    const accepted = acceptedBy(wanted);
    return { row, ...(await this.effects.judge(tx, { row: schedule, change, accepted })) };
  }

  /** Undone before it starts; 409 afterwards. */
  async withdraw(tx: Tx, id: string, by: AuditActor, accepted?: Accepted) {
    const { row, schedule } = await this.standing(tx, id);
    if (row.fromAt < tx.now) {
      throw new Rejection('conflict', 'It has started: it can be ended.', 'override_started');
    }
    return this.change(tx, schedule, { made: [], dropped: [row] }, { by, accepted });
  }

  /** From now on it is no more; what has passed stays as it was. One to come is withdrawn. */
  async endNow(tx: Tx, id: string, by: AuditActor, accepted?: Accepted) {
    const { row, schedule } = await this.standing(tx, id);
    const isAlone = true;
    return this.change(tx, schedule, { made: [], dropped: [row] }, { by, accepted, isAlone });
  }

  /** A swap that has begun is undone no more: what it has made can then be ended by itself. */
  async hasBegun(tx: Tx, swapId: string): Promise<boolean> {
    const [first] = await this.store.ofSwaps(tx.db, [swapId]);
    return first !== undefined && first.fromAt <= tx.now;
  }

  byId(tx: Tx, id: string): Promise<StoredOverride | null> {
    return this.store.byId(tx.db, id);
  }

  /** Those in force that meet a span. */
  of(tx: Tx, scheduleId: string, { from, to }: Interval): Promise<StoredOverride[]> {
    return this.store.meeting(tx.db, scheduleId, new Date(from), new Date(to));
  }

  /** Whoever changes who is on call on a schedule waits here for whoever is changing it now. */
  async hold(tx: Tx, scheduleId: string): Promise<StoredSchedule> {
    const row = await this.schedules.hold(tx.db, scheduleId);
    if (row === null) throw new Rejection('not_found', 'There is no such schedule.');
    return row;
  }

  /** Some come and some go, as one; the schedule is held. */
  async change(
    tx: Tx,
    schedule: StoredSchedule,
    change: Change,
    { by, onBehalfOf, accepted = nothingAccepted, gapsSeenLater = false, isAlone = false }: Done,
  ): Promise<Effect> {
    // Nobody is there to accept it where the service itself puts somebody on call.
    const fatigueSeenLater = by.type === 'system';
    const asked = { row: schedule, change, accepted, gapsSeenLater, fatigueSeenLater };
    const effect = await this.effects.judge(tx, asked);
    const who = { by, isAlone, ...(onBehalfOf !== undefined && { onBehalfOf }) };
    const acceptedGapReason = effect.opensGap ? accepted.gapReason : null;
    for (const row of change.dropped) await this.drop(tx, schedule, row, { accepted, ...who });
    for (const row of change.made) Object.assign(row, { acceptedGapReason });
    if (change.made.length > 0) await this.store.insert(tx.db, change.made);
    for (const row of change.made) {
      const after = recordOf(row);
      const happened = { action: 'override.made', before: null, after } as const;
      await this.tell(tx, schedule, row, { ...happened, accepted, ...who });
    }
    await this.changes.tell(tx, schedule.programId, schedule.id);
    return effect;
  }

  private async standing(tx: Tx, id: string) {
    const found = await this.store.byId(tx.db, id);
    if (found === null) throw new Rejection('not_found', 'There is no such override.');
    const schedule = await this.hold(tx, found.scheduleId);
    const row = (await this.store.byId(tx.db, id)) as OverrideRow;
    if (row.withdrawnAt !== null) {
      throw new Rejection('conflict', 'It was withdrawn already.', 'override_withdrawn');
    }
    if (row.toAt <= tx.now) throw new Rejection('conflict', 'It is over.', 'override_over');
    return { row, schedule };
  }

  private async drop(
    tx: Tx,
    schedule: StoredSchedule,
    row: OverrideRow,
    who: Pick<Happened, 'by' | 'onBehalfOf' | 'accepted' | 'isAlone'>,
  ): Promise<void> {
    const before = recordOf(row);
    if (row.fromAt < tx.now) {
      await this.store.update(tx.db, row.id, { toAt: tx.now });
      const after = { ...before, to: tx.now.toISOString() };
      return this.tell(tx, schedule, row, { action: 'override.ended', before, after, ...who });
    }
    const withdrawnBy = who.by.type === 'staff' ? (who.by.id ?? null) : null;
    await this.store.update(tx.db, row.id, { withdrawnAt: tx.now, withdrawnBy });
    const action = 'override.withdrawn';
    return this.tell(tx, schedule, row, { action, before, after: null, ...who });
  }

  private async tell(
    tx: Tx,
    { id: scheduleId, programId }: StoredSchedule,
    row: OverrideRow,
    { action, before, after, by, onBehalfOf, accepted, isAlone }: Happened,
  ): Promise<void> {
    this.audit.record(tx, {
      stream: 'config',
      action,
      actor: by,
      ...(onBehalfOf !== undefined && { onBehalfOf }),
      subjectRef: row.id,
      body: { programId, scheduleId, before, after, ...saidAccepted(accepted) },
    });
    // Whoever swaps or promotes tells the people in their own words.
    if (!isAlone && (row.madeVia === 'swap' || row.madeVia === 'check_in')) return;
    const staffIds = peopleOf(row).filter((one) => one !== by.id);
    const { fromAt: from, toAt: to } = row;
    await this.news.tell(tx, { kind: newsOf[action], programId, scheduleId, staffIds, from, to });
  }
}

interface Happened {
  action: NewsSource;
  before: ReturnType<typeof recordOf> | null;
  after: ReturnType<typeof recordOf> | null;
  by: AuditActor;
  onBehalfOf?: string;
  accepted: Accepted;
  isAlone: boolean;
}

type NewsSource = 'override.made' | 'override.withdrawn' | 'override.ended';
const newsOf: Record<NewsSource, NewsKind> = {
  'override.made': 'override_made',
  'override.withdrawn': 'override_withdrawn',
  'override.ended': 'override_ended',
};

const nothingAccepted: Accepted = { gapReason: null, fatigueReason: null };

const acceptedBy = (wanted: OverrideWanted): Accepted => ({
  gapReason: wanted.acceptedGapReason ?? null,
  fatigueReason: wanted.acceptedFatigueReason ?? null,
  by: wanted.acceptedBy,
});

/** What somebody has taken upon themselves, if anything. */
function saidAccepted({ gapReason, fatigueReason, by }: Accepted) {
  if (gapReason === null && fatigueReason === null) return {};
  return { accepted: { gapReason, fatigueReason, by: by ?? null } };
}

function recordOf(row: OverrideRow) {
  const { kind, incoming, outgoing, fromAt, toAt, madeVia, swapId, acceptedGapReason } = row;
  const when = { from: fromAt.toISOString(), to: toAt.toISOString() };
  return { kind, incoming, outgoing, ...when, madeVia, swapId, acceptedGapReason };
}
