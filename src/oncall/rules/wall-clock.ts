import { Temporal } from 'temporal-polyfill';

/**
 * The moment at which clocks on the wall of `zone` show this time. Shown twice: the first one.
 * Never shown, because the clock jumps over it: the first moment after the jump.
 */
export function instantAt(zone: string, date: Temporal.PlainDate, time: Temporal.PlainTime): Date {
  const wanted = date.toPlainDateTime(time);
  const first = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(wanted)) return new Date(first.epochMilliseconds);
  // For a skipped time, `earlier` lies before the jump: the next change of the clock is the jump.
  const jump = first.getTimeZoneTransition('next') as Temporal.ZonedDateTime;
  return new Date(jump.epochMilliseconds);
}
