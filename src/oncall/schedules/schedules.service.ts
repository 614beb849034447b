import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { isDeepStrictEqual } from 'node:util';
import { Audit } from '../../audit/audit.service.js';
import type { AuditActor } from '../../audit/rules/event.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { newId } from '../../platform/ids.js';
import { OnCallChanges } from '../on-call-changes.js';
import { type Difference, differences } from '../rules/differences.js';
import { fatigueReachMs } from '../rules/load/fatigue.js';
import { timelineThrough, type Edition } from '../rules/history.js';
import { intersect, union } from '../rules/time/intervals.js';
import { lastAt } from '../rules/time/wall-clock.js';
import type { Interval, Override, Schedule } from '../rules/schedule.js';
import type { ScheduleBody } from '../rules/schedule-schema.js';
import { type Segment, timeline } from '../rules/timeline.js';
import type { Warning } from '../effects/warnings.js';
import { PublicationChecks } from './publication-checks.service.js';
import type { ScheduleRow } from './schedule.row.js';
import { SchedulesStore } from './schedules.store.js';

/** How far ahead gaps are looked for, and have to be accepted before they are published. */
export const coverageDays = 30;
const dayMs = 86_400_000;
/** How far ahead a change that is written down already is looked at. */
const edgeDaysMax = 400;

export type StoredSchedule = Readonly<ScheduleRow>;

/** A schedule with the overrides of a span, ready for the resolver. */
export interface LoadedSchedule {
  row: StoredSchedule;
  schedule: Schedule;
}

export interface Publication {
  programId: string;
  key: string;
  name: string;
  body: ScheduleBody;
  /** The version that was edited; null for a new schedule, undefined where a file has the say. */
  madeFrom?: number | null | undefined;
  by: AuditActor;
  /** A supervisor takes it upon themselves that somebody is on call for too long. */
  acceptedFatigue?: { by: string; reason: string } | undefined;
  /** Whoever changes overrides with it looks at the gaps of all together. */
  gapsSeenLater?: boolean | undefined;
}

export interface Published {
  row: StoredSchedule;
  isChanged: boolean;
  /** Whose time on call changes in the next 30 days. */
  differences: Difference[];
  warnings: Warning[];
}

/** Schedules as they are published: every change a new version, the old ones kept. */
@Injectable()
export class Schedules {
  constructor(
    private readonly store: SchedulesStore,
    private readonly checks: PublicationChecks,
    private readonly changes: OnCallChanges,
    private readonly audit: Audit,
  ) {}

  byKey(tx: Tx, programId: string, key: string): Promise<StoredSchedule | null> {
    return this.store.byKey(tx.db, programId, key);
  }

  byId(tx: Tx, id: string): Promise<StoredSchedule | null> {
    return this.store.byId(tx.db, id);
  }

  /** Until the commit nobody changes who is on call on any of them. */
  holdAll(tx: Tx, programId: string): Promise<void> {
    return this.store.holdAll(tx.db, programId);
  }

  ofProgram(tx: Tx, programId: string): Promise<StoredSchedule[]> {
    return this.store.ofProgram(tx.db, programId);
  }

  /** As published now, by key, with the overrides that meet the span. */
  async load(
    tx: Tx,
    { programId, keys, span }: { programId: string; keys?: readonly string[]; span: Interval },
  ): Promise<LoadedSchedule[]> {
    const loaded = await this.store.inForce(tx.db, {
      programId,
      keys: keys ?? null,
      from: new Date(span.from),
      to: new Date(span.to),
    });
    return loaded.map(({ row, overrides }) => ({ row, schedule: asSchedule(row.body, overrides) }));
  }

  /** The answer through a span; what has passed by what was published then. */
  async timeline(tx: Tx, { programId, key }: StoredSchedule, span: Interval): Promise<Segment[]> {
    const timelines = await this.timelines(tx, { programId, keys: [key], span });
    return timelines.get(key) ?? [];
  }

  /** The same for several schedules of a program, by key. */
  async timelines(
    tx: Tx,
    { programId, keys, span }: { programId: string; keys: readonly string[]; span: Interval },
  ): Promise<Map<string, Segment[]>> {
    const timelines = new Map<string, Segment[]>();
    for (const loaded of await this.load(tx, { programId, keys, span })) {
      const { row, schedule } = loaded;
      const isPast = span.from < row.updatedAt.getTime();
      const segments = isPast
        ? timelineThrough(await this.editions(tx, loaded, span), span)
        : timeline(schedule, span);
      timelines.set(row.key, segments);
    }
    return timelines;
  }

  /** From now on and within the stretches, where nobody is on call and nobody has accepted it. */
  async openGaps(tx: Tx, row: StoredSchedule, stretches: readonly Interval[]): Promise<Interval[]> {
    const looked = intersect(union(stretches), [{ from: tx.now.getTime(), to: Infinity }]);
    const [first, last] = [looked.at(0), looked.at(-1)];
    if (first === undefined || last === undefined) return [];
    const span = { from: first.from, to: last.to };
    const gaps = await this.checks.openGaps(tx, row, await this.timeline(tx, row, span), span);
    return intersect(gaps, looked);
  }

  private async editions(tx: Tx, { row, schedule }: LoadedSchedule, span: Interval) {
    const { from, to } = span;
    const versions = await this.store.versions(tx.db, row.id, new Date(from), new Date(to));
    return versions.map(({ body, madeAt }, at): Edition => {
      const next = versions[at + 1]?.madeAt.getTime() ?? to;
      const begins = at === 0 ? from : madeAt.getTime();
      return { from: begins, to: next, schedule: asSchedule(body, schedule.overrides) };
    });
  }

  /**
   * Refused as a whole: 409 when somebody else has changed it since, 422 when it names somebody
   * who may not take cases, or opens a gap that nobody has accepted.
   */
  async publish(tx: Tx, publication: Publication): Promise<Published> {
    const { programId, key, name, body, madeFrom, by, acceptedFatigue } = publication;
    const known = await this.store.byKey(tx.db, programId, key);
    const existing = known && (await this.store.hold(tx.db, known.id));
    if (madeFrom !== undefined) refuseStale(existing, madeFrom);
    await this.checks.refuseStrangers(tx, publication, existing?.id ?? null);
    const plain = JSON.parse(JSON.stringify(body)) as ScheduleBody;
    const isSame = existing?.name === name && isDeepStrictEqual(existing.body, plain);
    if (existing && isSame)
      return { row: existing, isChanged: false, differences: [], warnings: [] };
    const row: ScheduleRow = {
      id: existing?.id ?? newId(),
      programId,
      key,
      name,
      body: plain,
      version: (existing?.version ?? 0) + 1,
      createdAt: existing?.createdAt ?? tx.now,
      updatedAt: tx.now,
    };
    const changed = await this.whatChanges(tx, existing, row, publication);
    await this.store.save(tx.db, row, by.type === 'staff' ? (by.id ?? null) : null);
    this.audit.record(tx, {
      stream: 'config',
      action: 'schedule.applied',
      actor: by,
      subjectRef: row.id,
      body: {
        programId,
        key,
        version: row.version,
        before: existing && { name: existing.name, schedule: existing.body },
        after: { name, schedule: plain },
        ...(acceptedFatigue !== undefined && { acceptedFatigue }),
      },
    });
    await this.changes.tell(tx, programId, row.id);
    return { row, isChanged: true, ...changed };
  }

  private async whatChanges(
    tx: Tx,
    before: StoredSchedule | null,
    after: StoredSchedule,
    publication: Publication,
  ): Promise<Pick<Published, 'differences' | 'warnings'>> {
    const month = { from: tx.now.getTime(), to: tx.now.getTime() + coverageDays * dayMs };
    const span = { from: month.from, to: Math.max(month.to, lastEdge(after.body, month.from)) };
    const past = { from: span.from - fatigueReachMs(after.body.fatigue), to: span.from };
    const { programId, key } = after;
    const [loaded] = before ? await this.load(tx, { programId, keys: [key], span }) : [];
    const was = loaded ? timeline(loaded.schedule, span) : [{ ...span, people: [] }];
    const is = timeline(asSchedule(after.body, loaded?.schedule.overrides ?? []), span);
    const worked = before ? await this.timeline(tx, before, past) : [];
    const seen = { before, after, span, worked, was, is };
    const warnings = await this.checks.judge(tx, seen, publication);
    const changed = before ? differences(was, is) : [];
    return { differences: intersect(changed, [month]), warnings };
  }
}

export function asSchedule(
  { zone, layers, fixed, holidays }: ScheduleBody,
  overrides: readonly Override[],
): Schedule {
  return { zone, layers, fixed, holidays, overrides };
}

function refuseStale(existing: ScheduleRow | null, madeFrom: number | null): void {
  const version = existing?.version ?? null;
  if (version === madeFrom) return;
  const text =
    existing === null
      ? 'There is no such schedule to change.'
      : `Somebody has changed this schedule since: it is at version ${existing.version}.`;
  throw new Rejection('conflict', text, 'changed_meanwhile', { version });
}

/** A day after the last edge that a body names itself, within the days that are looked at. */
function lastEdge({ zone, layers, fixed }: ScheduleBody, now: number): number {
  const edges = [...layers.flatMap(({ until }) => until ?? []), ...fixed.map(({ to }) => to)];
  const moments = edges.map((edge) => lastAt(zone, Temporal.PlainDateTime.from(edge)) + dayMs);
  return Math.min(now + edgeDaysMax * dayMs, Math.max(now, ...moments));
}
