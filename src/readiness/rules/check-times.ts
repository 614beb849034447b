import { Temporal } from 'temporal-polyfill';

const hourMs = 3_600_000;
const nightlyAt = '02:00';

/** Within the hour, and at two at night on the clocks of the program. */
export function nextCheckAt(zone: string, now: Date): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const nights = [0, 1]
    .map((days) => local.add({ days }).withPlainTime(nightlyAt).epochMilliseconds)
    .filter((at) => at > now.getTime());
  return new Date(Math.min(now.getTime() + hourMs, ...nights));
}
