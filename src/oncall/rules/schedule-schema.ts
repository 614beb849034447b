import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { isZone } from '../../programs/rules/zone.js';
import type { TurnUnit } from './schedule.js';

const limits = {
  members: 100,
  layers: 20,
  windows: 50,
  holidays: 400,
  fixed: 100,
  fixedShifts: 200,
  acceptedGaps: 200,
  interval: { hour: 8760, day: 366, week: 104, month: 24 } satisfies Record<TurnUnit, number>,
};

const words = z.string().refine(isStorable, 'has characters that cannot be kept');
const member = words.min(1).max(64);
const members = z
  .array(member)
  .min(1, 'needs at least one member')
  .max(limits.members, `has more than ${limits.members} members`)
  .refine(isDistinct, 'names somebody twice');
const name = words.trim().min(1).max(120);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time as HH:MM');
const date = z.string().refine(isDate, 'is not a date as YYYY-MM-DD');
export const moment = z.string().refine(isMoment, 'is not a local time as YYYY-MM-DDTHH:MM');
const weekday = z.int().min(1).max(7);
const weekdays = z.array(weekday).min(1).refine(isDistinct, 'names a day twice');

const stretch = { from: moment, to: moment };
const endsLater = ({ from, to }: { from: string; to: string }) => from < to;
const ends = { path: ['to'], message: 'is not after its beginning' };

const turns = z
  .strictObject({
    every: z.enum(['hour', 'day', 'week', 'month']),
    interval: z.int().min(1).default(1),
    handOff: z.strictObject({
      time,
      weekday: weekday.optional(),
      day: z.int().min(1).max(31).optional(),
    }),
    startsOn: date,
    peopleAtOnce: z.int().min(1).max(limits.members).default(1),
    skipClosedDays: z.boolean().default(false),
  })
  .refine(({ every, handOff }) => every === 'week' || handOff.weekday === undefined, {
    path: ['handOff', 'weekday'],
    message: 'is only for weekly turns',
  })
  .refine(({ every, handOff }) => every === 'month' || handOff.day === undefined, {
    path: ['handOff', 'day'],
    message: 'is only for monthly turns',
  })
  .refine(({ every, skipClosedDays }) => every === 'day' || !skipClosedDays, {
    path: ['skipClosedDays'],
    message: 'is only for daily turns',
  })
  .refine(({ every, interval }) => interval <= limits.interval[every], {
    path: ['interval'],
    message: 'is too long',
  });

const window = z.union(
  [
    z.strictObject({ weekdays, from: time, to: time }),
    z.strictObject({ fromWeekday: weekday, from: time, toWeekday: weekday, to: time }),
  ],
  { error: 'is neither { weekdays, from, to } nor { fromWeekday, from, toWeekday, to }' },
);

const layer = z
  .strictObject({
    name,
    members,
    turns: turns.optional(),
    windows: z.array(window).min(1).max(limits.windows).optional(),
    days: z.enum(['holidays', 'not_holidays']).optional(),
    from: date.optional(),
    until: date.optional(),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from < until, {
    path: ['until'],
    message: 'is not after the first day',
  })
  .refine((one) => (one.turns?.peopleAtOnce ?? 1) <= Math.max(1, one.members.length), {
    path: ['turns', 'peopleAtOnce'],
    message: 'is more than there are members',
  });

const fixedStretch = z
  .strictObject({
    name,
    ...stretch,
    shifts: z
      .array(z.strictObject({ members, ...stretch }).refine(endsLater, ends))
      .max(limits.fixedShifts),
  })
  .refine(endsLater, ends)
  .refine(({ from, to, shifts }) => shifts.every((one) => from <= one.from && one.to <= to), {
    path: ['shifts'],
    message: 'has a shift outside of the stretch',
  });

const acceptedGap = z
  .strictObject({
    ...stretch,
    /** The same hours of every week from then on. */
    everyWeek: z.boolean().default(false),
    acceptedBy: member,
    reason: words.trim().min(3).max(500),
  })
  .refine(endsLater, ends);

const body = z.strictObject({
  zone: z.string().refine(isZone, 'is not a known time zone, such as America/New_York'),
  layers: z
    .array(layer)
    .min(1, 'needs at least one layer')
    .max(limits.layers)
    .refine((all) => isDistinct(all.map((one) => one.name)), 'has two layers of the same name'),
  fixed: z
    .array(fixedStretch)
    .max(limits.fixed)
    .refine(isApart, 'has two stretches that overlap')
    .default([]),
  holidays: z
    .array(z.strictObject({ date, name }))
    .max(limits.holidays)
    .refine((all) => isDistinct(all.map((one) => one.date)), 'has a date twice')
    .default([]),
  acceptedGaps: z.array(acceptedGap).max(limits.acceptedGaps).default([]),
  /** Whoever goes on call has to answer a page at the beginning of the shift. */
  checkIn: z.boolean().default(true),
  fatigue: z
    .strictObject({
      hoursPerWeekMax: z.int().min(1).max(168).optional(),
      nightsInARowMax: z.int().min(1).max(31).optional(),
      /** Refuses what asks for more, unless a supervisor accepts it. */
      strict: z.boolean().optional(),
    })
    .prefault({}),
});

const single = z
  .strictObject({
    zone: body.shape.zone,
    members,
    handOff: turns.shape.handOff,
    every: turns.shape.every,
    interval: turns.shape.interval,
    startsOn: date,
    checkIn: body.shape.checkIn,
  })
  .transform(({ zone, members: all, checkIn, ...rest }): z.input<typeof body> => ({
    zone,
    checkIn,
    layers: [{ name: 'rotation', members: all, turns: rest }],
  }))
  .pipe(body);

/**
 * A schedule as operators write it, read strictly: an unknown or missing field is a problem.
 * Members are keys of staff here and staff ids in what is stored.
 */
export const scheduleSchema = body;

/** The short form of a schedule with one layer that is never closed. */
export const rotationSchema = single;

/** What is stored of a schedule; its overrides are rows of their own. */
export type ScheduleBody = z.infer<typeof body>;

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && exists(() => Temporal.PlainDate.from(text));
}

function isMoment(text: string): boolean {
  const isWritten = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/.test(text);
  return isWritten && exists(() => Temporal.PlainDateTime.from(text));
}

function exists(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    // A day that the calendar does not have.
    return false;
  }
}

/** The database keeps neither halves of characters nor NUL; the rest cannot be read on a screen. */
function isStorable(written: string): boolean {
  return written.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(written);
}

function isDistinct(all: readonly (string | number)[]): boolean {
  return new Set(all).size === all.length;
}

function isApart(stretches: readonly { from: string; to: string }[]): boolean {
  const ordered = stretches.toSorted((one, other) => one.from.localeCompare(other.from));
  return ordered.slice(1).every(({ from }, at) => (ordered[at] as { to: string }).to <= from);
}
