import { Temporal } from 'temporal-polyfill';

/** When clocks show a time for the first and for the last time: milliseconds since 1970. */
export interface Moments {
  first: number;
  last: number;
}

/**
 * When clocks on the wall of `zone` show this time. Shown twice: two moments. Never shown, because
 * the clock jumps over it: the first moment after the jump. What starts at a `first` and ends at a
 * `last` overlaps where clocks change and never leaves a hole.
 */
export function momentsAt(zone: string, wanted: Temporal.PlainDateTime): Moments {
  const earlier = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wanted.toZonedDateTime(zone, { disambiguation: 'later' });
  const [first, last] = [earlier.epochMilliseconds, later.epochMilliseconds];
  if (first === last || earlier.toPlainDateTime().equals(wanted)) return { first, last };
  // For a skipped time, `earlier` lies before the jump: the next change of the clock is the jump.
  const jump = earlier.getTimeZoneTransition('next') as Temporal.ZonedDateTime;
  return { first: jump.epochMilliseconds, last: jump.epochMilliseconds };
}

export const firstAt = (zone: string, wanted: Temporal.PlainDateTime): number =>
  momentsAt(zone, wanted).first;

export const lastAt = (zone: string, wanted: Temporal.PlainDateTime): number =>
  momentsAt(zone, wanted).last;

export function localDate(zone: string, instant: number): Temporal.PlainDate {
  return localTime(zone, instant).toPlainDate();
}

export function localTime(zone: string, instant: number): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();
}

/** Both as RFC 3339 in UTC and as clocks in the zone show it, for people to read. */
export function localStretch(zone: string, { from, to }: { from: number; to: number }) {
  const shown = (instant: number) => localTime(zone, instant).toString({ smallestUnit: 'minute' });
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    localFrom: shown(from),
    localTo: shown(to),
  };
}
