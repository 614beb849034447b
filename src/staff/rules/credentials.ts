import { Temporal } from 'temporal-polyfill';

/** A license or certificate as it is on file. */
export interface Credential {
  kind: string;
  /** `YYYY-MM-DD`, the last day on which it is valid. */
  expires: string;
  /** Where it is valid: `NY` in the program's own country, `CA-ON` elsewhere. */
  states: string[];
}

/** When its last day is over on the clocks of the zone: from then on it is not valid. */
export function validUntil({ expires }: Pick<Credential, 'expires'>, zone: string): Date {
  const dayAfter = Temporal.PlainDate.from(expires).add({ days: 1 });
  return new Date(dayAfter.toZonedDateTime(zone).epochMilliseconds);
}

/** Days left on the zone's calendar: 0 on its last day, negative when it has expired. */
export function daysLeft({ expires }: Pick<Credential, 'expires'>, zone: string, at: Date): number {
  const today = Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate();
  return today.until(Temporal.PlainDate.from(expires), { largestUnit: 'days' }).days;
}

/** True for a day that the calendar has, written as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    // Safe: the caller says that it is no day.
    return false;
  }
}
