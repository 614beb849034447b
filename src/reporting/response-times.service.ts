import { Injectable } from '@nestjs/common';
import { Rejection } from '../platform/http/rejection.js';
import {
  type CaseGroup,
  type FlagGroup,
  type Grouping,
  type Percentiles,
  ResponseTimesStore,
} from './response-times.store.js';
import { definitions, type ReportedAcuity, targets } from './rules/targets.js';

const dayMs = 24 * 60 * 60_000;
const daysByDefault = 30;
const daysMax = 366;

export interface Asked {
  programIds: readonly string[];
  /** The last 30 days unless stated; at most 366. */
  from?: Date | undefined;
  to?: Date | undefined;
  groupBy?: Grouping | undefined;
}

/** Seconds; null where the percentile falls among unanswered cases. */
export interface Figures {
  p50: number | null;
  p90: number | null;
  p95: number | null;
  answered: number;
  unanswered: number;
  targetSeconds: number | null;
  /** Share of the cases with a target that met it; null without any. */
  withinTarget: number | null;
}

export interface ReportGroup {
  key: string;
  cases: number;
  exhausted: number;
  M1: { flags: number; shown: number; share: number | null };
  M2: Figures;
  M3: Figures;
  M4: Figures;
  M5: Figures;
  M6: { within: number; share: number | null };
}

export interface ResponseTimesReport {
  from: string;
  to: string;
  groupBy: Grouping;
  definitions: typeof definitions;
  groups: ReportGroup[];
}

/** How fast people were answered: every case counted, those without an answer most of all. */
@Injectable()
export class ResponseTimes {
  constructor(private readonly store: ResponseTimesStore) {}

  async report({ programIds, groupBy = 'acuity', ...stated }: Asked): Promise<ResponseTimesReport> {
    const now = await this.store.now();
    const to = stated.to ?? now;
    const from = stated.from ?? new Date(to.getTime() - daysByDefault * dayMs);
    refuseUnlessFits(from, to);
    const span = { programIds, from, to, groupBy };
    const [cases, flags] = [await this.store.casesBy(span), await this.store.flagsBy(span)];
    const keys = [...new Set([...cases, ...flags].map(({ key }) => key))].sort(inOrder);
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      groupBy,
      definitions,
      groups: keys.map((key) => group(key, groupBy, cases, flags)),
    };
  }
}

/** Never another range than the one that was asked for. */
function refuseUnlessFits(from: Date, to: Date): void {
  const fits = from < to && to.getTime() - from.getTime() <= daysMax * dayMs;
  const detail = `from must come before to, by no more than ${daysMax} days.`;
  if (!fits) throw new Rejection('bad_request', detail, 'range_refused');
}

function group(
  key: string,
  groupBy: Grouping,
  cases: readonly CaseGroup[],
  flags: readonly FlagGroup[],
): ReportGroup {
  const of = cases.find((one) => one.key === key);
  const { flags: raised = 0, shown = 0 } = flags.find((one) => one.key === key) ?? {};
  const target = groupBy === 'acuity' ? targets[key as ReportedAcuity] : null;
  const count = of?.cases ?? 0;
  const within = of?.within ?? 0;
  return {
    key,
    cases: count,
    exhausted: of?.exhausted ?? 0,
    M1: { flags: raised, shown, share: share(shown, raised) },
    M2: figures(count, of?.firstPage, target?.firstPage),
    M3: figures(count, of?.acknowledged, target?.acknowledged),
    M4: figures(count, of?.attempted, target?.attempted),
    M5: figures(count, of?.inContact, target?.inContact),
    M6: { within, share: share(within, count) },
  };
}

function figures(
  cases: number,
  found: Percentiles | undefined,
  targetSeconds: number | null | undefined,
): Figures {
  const { p50, p90, p95, answered = 0, met = 0, targeted = 0 } = found ?? {};
  return {
    p50: seconds(p50),
    p90: seconds(p90),
    p95: seconds(p95),
    answered,
    unanswered: cases - answered,
    targetSeconds: targetSeconds ?? null,
    withinTarget: share(met, targeted),
  };
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** JSON has no infinity, and PostgreSQL none in its JSON: it comes as text. */
function seconds(value: string | undefined): number | null {
  const number = Number(value);
  return Number.isFinite(number) ? Math.round(number * 10) / 10 : null;
}

const acuityOrder = Object.keys(targets);

/** Acuities from the gravest on; anything else by its name. */
function inOrder(one: string, other: string): number {
  const [at, than] = [acuityOrder.indexOf(one), acuityOrder.indexOf(other)];
  return at >= 0 && than >= 0 ? at - than : one.localeCompare(other);
}
