import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time as HH:MM');

/** When a program is in session: local times in its zone; may run over midnight. */
export const sessionHoursSchema = z
  .array(
    z
      .strictObject({
        /** On which they begin; 1 = Monday. */
        weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
        from: localTime,
        to: localTime,
      })
      .refine(({ from, to }) => from !== to, 'begin and end at the same time'),
  )
  .max(20);

export type SessionHours = z.infer<typeof sessionHoursSchema>[number];

/** By the clocks on the wall; the last minute is over when `to` begins. */
export function isInSession(at: Date, zone: string, hours: readonly SessionHours[]): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  const time = local.toPlainTime();
  const yesterday = ((local.dayOfWeek + 5) % 7) + 1;
  return hours.some(({ weekdays, from, to }) => {
    const hasBegun = Temporal.PlainTime.compare(time, from) >= 0;
    const isBeforeEnd = Temporal.PlainTime.compare(time, to) < 0;
    const today = weekdays.includes(local.dayOfWeek);
    if (from < to) return today && hasBegun && isBeforeEnd;
    return (today && hasBegun) || (weekdays.includes(yesterday) && isBeforeEnd);
  });
}
