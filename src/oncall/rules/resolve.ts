import { contains } from './time/intervals.js';
import type { Interval, OnCallMember, Schedule, Shift } from './schedule.js';
import { type Segment, timeline } from './timeline.js';

/**
 * Who is on call at one moment, in milliseconds since 1970. Empty when nobody is: whoever asks goes
 * on to the next step. Paging, calendars, coverage, reports and simulation all ask here, or ask
 * {@link shifts} or {@link prepare}, which cut the same {@link timeline}.
 */
export function resolve(schedule: Schedule, instant: number): OnCallMember[] {
  const [answer] = timeline(schedule, { from: instant, to: instant + 1 }) as [Segment];
  return answer.people;
}

/** Everybody's shifts that meet a span, cut to it, by their beginning. */
export function shifts(schedule: Schedule, from: number, to: number): Shift[] {
  return shiftsOf(timeline(schedule, { from, to }));
}

/** The stretches of a span in which nobody is on call. */
export function gaps(schedule: Schedule, from: number, to: number): Interval[] {
  return gapsOf(timeline(schedule, { from, to }));
}

/** Answers as {@link resolve} does, for many moments of one span. */
export function prepare(
  schedule: Schedule,
  span: Interval,
): { segments: readonly Segment[]; resolve(instant: number): readonly OnCallMember[] } {
  const segments = timeline(schedule, span);
  return {
    segments,
    resolve(instant) {
      if (instant < span.from || instant >= span.to) {
        throw new RangeError(`Asked for ${instant}, prepared from ${span.from} to ${span.to}.`);
      }
      return (segmentAt(segments, instant) as Segment).people;
    },
  };
}

/** The one in which an instant lies, of segments without a hole; else undefined. */
export function segmentAt(segments: readonly Segment[], instant: number): Segment | undefined {
  let [low, high] = [0, segments.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle] as Segment).from <= instant) low = middle;
    else high = middle - 1;
  }
  const found = segments[low];
  return found && contains(found, instant) ? found : undefined;
}

export function shiftsOf(segments: readonly Segment[]): Shift[] {
  const found: Shift[] = [];
  let running = new Map<string, Shift>();
  for (const { from, to, people } of segments) {
    const still = new Map<string, Shift>();
    for (const one of people) {
      const key = keyOf(one);
      const before = running.get(key);
      const shift = before ?? { ...one, from, to };
      if (before === undefined) found.push(shift);
      shift.to = to;
      still.set(key, shift);
    }
    running = still;
  }
  return found;
}

export function gapsOf(segments: readonly Segment[]): Interval[] {
  const found: Interval[] = [];
  for (const { from, to, people } of segments) {
    if (people.length > 0) continue;
    const last = found.at(-1);
    if (last?.to === from) last.to = to;
    else found.push({ from, to });
  }
  return found;
}

function keyOf({ member, why }: OnCallMember): string {
  const what = why.kind === 'layer' ? `${why.name} ${why.turn}` : 'id' in why ? why.id : why.name;
  return [member, why.kind, what].join('\0');
}
