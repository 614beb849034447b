import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Rejection } from '../platform/http/rejection.js';
import type { Interval } from './rules/schedule.js';
import { firstAt, lastAt, localDate } from './rules/time/wall-clock.js';

/** A day on the wall, from midnight to midnight, cut to what was asked for. */
export interface LocalDay extends Interval {
  /** `YYYY-MM-DD`. */
  date: string;
  /** When clocks change on that day, and by how many minutes they go forward; null: not. */
  change: { at: number; minutes: number } | null;
}

/** Local times as people type and read them, meant as schedules mean them. */
@Injectable()
export class LocalTimes {
  /** When a stretch begins at `YYYY-MM-DDTHH:MM`. 422 when that cannot be read. */
  beginning(zone: string, local: string): Date {
    return new Date(firstAt(zone, read(local)));
  }

  /** When a stretch ends at it: where clocks show it twice, the second time. */
  end(zone: string, local: string): Date {
    return new Date(lastAt(zone, read(local)));
  }

  /** Days from an instant on; the first begins at the instant. */
  days(zone: string, from: number, count: number): LocalDay[] {
    const first = localDate(zone, from);
    const midnight = (day: number) => firstAt(zone, first.add({ days: day }).toPlainDateTime());
    return Array.from({ length: count }, (_, day) => {
      const stretch = { from: day === 0 ? from : midnight(day), to: midnight(day + 1) };
      return {
        date: first.add({ days: day }).toString(),
        ...stretch,
        change: changeIn(zone, stretch),
      };
    });
  }

  /** When the day of an instant has begun. */
  midnight(zone: string, instant: number): Date {
    return new Date(firstAt(zone, localDate(zone, instant).toPlainDateTime()));
  }
}

function changeIn(zone: string, { from, to }: Interval): LocalDay['change'] {
  // A day may begin with the change, where clocks jump over midnight.
  const before = Temporal.Instant.fromEpochMilliseconds(from - 1).toZonedDateTimeISO(zone);
  const after = before.getTimeZoneTransition('next');
  if (after === null || after.epochMilliseconds >= to) return null;
  const minutes = (after.offsetNanoseconds - before.offsetNanoseconds) / 60_000_000_000;
  return { at: after.epochMilliseconds, minutes };
}

function read(local: string): Temporal.PlainDateTime {
  try {
    return Temporal.PlainDateTime.from(local);
  } catch {
    // Safe: nothing is stored, and whoever typed it is told.
    throw new Rejection('unprocessable', 'A day and a time of day are needed.', 'time');
  }
}
