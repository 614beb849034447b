import { Temporal } from 'temporal-polyfill';
import { firstAt } from '../../oncall/rules/time/wall-clock.js';
import type { QuietHours } from './policy.js';

/** When the quiet hours in which `now` lies end; null outside them. */
export function quietUntil(now: Date, zone: string, hours: QuietHours): Date | null {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const from = Temporal.PlainTime.from(hours.from);
  const to = Temporal.PlainTime.from(hours.to);
  const overMidnight = Temporal.PlainTime.compare(from, to) >= 0;
  // A night that began yesterday, or one that begins today.
  for (const daysBack of [1, 0]) {
    const date = local.toPlainDate().subtract({ days: daysBack });
    const begins = firstAt(zone, date.toPlainDateTime(from));
    const lastDate = overMidnight ? date.add({ days: 1 }) : date;
    const ends = firstAt(zone, lastDate.toPlainDateTime(to));
    if (begins <= now.getTime() && now.getTime() < ends) return new Date(ends);
  }
  return null;
}
