import { Temporal } from 'temporal-polyfill';

/**
 * When clocks on the wall of `zone` show this time for the first and for the last time, in
 * milliseconds since 1970. Shown twice: two moments. Never shown, because the clock jumps over it:
 * the first moment after the jump. What starts at `first` and ends at `last` overlaps where clocks
 * change and never leaves a hole.
 */
export function firstAt(zone: string, wanted: Temporal.PlainDateTime): number {
  return momentAt(zone, wanted, 'earlier');
}

export function lastAt(zone: string, wanted: Temporal.PlainDateTime): number {
  return momentAt(zone, wanted, 'later');
}

function momentAt(
  zone: string,
  wanted: Temporal.PlainDateTime,
  disambiguation: 'earlier' | 'later',
): number {
  const shown = wanted.toZonedDateTime(zone, { disambiguation });
  if (shown.toPlainDateTime().equals(wanted)) return shown.epochMilliseconds;
  // For a skipped time, `earlier` lies before the jump: the next change of the clock is the jump.
  const before = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const jump = before.getTimeZoneTransition('next') as Temporal.ZonedDateTime;
  return jump.epochMilliseconds;
}

export function localDate(zone: string, instant: number): Temporal.PlainDate {
  return localTime(zone, instant).toPlainDate();
}

export function localTime(zone: string, instant: number): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();
}

/** Minutes since midnight of `HH:MM`. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
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
