import type { Interval } from '../schedule.js';
import type { FeedEvent } from './feed.js';

export interface ShownSchedule {
  id: string;
  zone: string;
  shifts: readonly (Interval & { member: string })[];
}

/** What a calendar shows, and the wider span in which shifts were looked for. */
export interface FeedSpan extends Interval {
  lookedFrom: number;
  lookedTo: number;
}

const dayMs = 86_400_000;
const shownBackMs = 7 * dayMs;
const shownAheadMs = 90 * dayMs;
/** Longer than a monthly turn, so that hardly any shift that is shown is cut off. */
const marginMs = 35 * dayMs;

const wholeDays = (instant: number): number => Math.floor(instant / dayMs) * dayMs;

/** From 7 days back to 90 days ahead. */
export function feedSpan(now: number): FeedSpan {
  const [from, to] = [now - shownBackMs, now + shownAheadMs];
  return {
    from,
    to,
    lookedFrom: wholeDays(from - marginMs),
    lookedTo: wholeDays(to + marginMs),
  };
}

/** Each shift once, also where two layers put the same person on call at the same moment. */
export function eventsOf(
  { id, zone, shifts }: ShownSchedule,
  span: FeedSpan,
  summaryOf: (member: string) => string,
): FeedEvent[] {
  const events = new Map<string, FeedEvent>();
  for (const { member, from, to } of shifts) {
    if (from >= span.to || to <= span.from) continue;
    const uid = `${id}.${member}.${beginningOf(from, span)}@handrail`;
    const longest = Math.max(to, events.get(uid)?.to ?? to);
    events.set(uid, { uid, from, to: longest, zone, summary: summaryOf(member) });
  }
  return [...events.values()].toSorted((one, other) => one.from - other.from);
}

/** When a shift that is cut off began is not known: it keeps its name while the span moves on. */
const beginningOf = (from: number, { lookedFrom }: FeedSpan): string =>
  from <= lookedFrom ? 'before' : String(from);
