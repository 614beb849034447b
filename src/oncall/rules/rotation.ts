import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { isZone } from '../../programs/rules/zone.js';

/** People who take turns on one schedule, as an operator writes it. */
export type Rotation = {
  /** IANA zone in which the hand-off time is meant. */
  zone: string;
  /** Keys of staff, in the order of their turns. */
  members: string[];
  /** Local `HH:MM`; for weekly turns a weekday too, 1 = Monday; default that of `startsOn`. */
  handOff: { time: string; weekday?: number | undefined };
  every: 'day' | 'week';
  /** `YYYY-MM-DD`: the first turn begins at the first hand-off on or after this date. */
  startsOn: string;
};

const membersMax = 100;

/** The operator's form, read strictly: an unknown or missing field is a problem. */
export const rotationSchema = z
  .strictObject({
    zone: z.string().refine(isZone, 'is not a known time zone, such as America/New_York'),
    members: z
      .array(z.string().min(1).max(64))
      .min(1, 'needs at least one member')
      .max(membersMax, `has more than ${membersMax} members`),
    handOff: z.strictObject({
      time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time as HH:MM'),
      weekday: z.int().min(1).max(7).optional(),
    }),
    every: z.enum(['day', 'week']),
    startsOn: z.string().refine(isDate, 'is not a date as YYYY-MM-DD'),
  })
  .refine(({ every, handOff }) => every === 'week' || handOff.weekday === undefined, {
    path: ['handOff', 'weekday'],
    message: 'is only for weekly turns',
  });

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    // A day that the calendar does not have.
    return false;
  }
}
