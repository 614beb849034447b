import { Temporal } from 'temporal-polyfill';
import { resolve, shifts } from '../../../../src/oncall/rules/resolve.js';
import type { Layer, Override, Schedule, Turns } from '../../../../src/oncall/rules/schedule.js';

export const newYork = 'America/New_York';

export function scheduleOf(layers: readonly Layer[], rest: Partial<Schedule> = {}): Schedule {
  return { zone: newYork, layers, fixed: [], holidays: [], overrides: [], ...rest };
}

export function layerOf(members: string, rest: Partial<Layer> = {}): Layer {
  return { name: 'usual', members: members.split(' '), ...rest };
}

/** `turnsOf('week', '09:00', { startsOn: '2026-01-05' })`. */
export function turnsOf(
  every: Turns['every'],
  time: string,
  { weekday, day, ...rest }: Partial<Turns & Turns['handOff']> & { startsOn: string },
): Turns {
  const handOff = { time, weekday, day };
  return { every, interval: 1, peopleAtOnce: 1, skipClosedDays: false, handOff, ...rest };
}

export function overrideOf(
  kind: Override['kind'],
  [from, to]: [string, string],
  people: { incoming?: string; outgoing?: string },
): Override {
  return {
    id: 'o1',
    kind,
    incoming: null,
    outgoing: null,
    swapId: null,
    from: at(from),
    to: at(to),
    ...people,
  };
}

/** With its offset, since local times alone may come twice: `2026-11-01T01:30-04:00`. */
export const at = (moment: string): number => Temporal.Instant.from(moment).epochMilliseconds;

export const shown = (schedule: Schedule, instant: number): string =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(schedule.zone)
    .toString({ smallestUnit: 'minute', timeZoneName: 'never' });

/** Names alone: `ana ben`, or nothing. */
export const onCall = (schedule: Schedule, moment: string): string =>
  resolve(schedule, at(moment))
    .map(({ member }) => member)
    .join(' ');

/** One line a shift, each to the minute: `ana 2026-03-07T19:00-05:00 2026-03-08T19:00-04:00`. */
export const listed = (schedule: Schedule, from: string, to: string): string[] =>
  shifts(schedule, at(from), at(to)).map((one) =>
    [one.member, shown(schedule, one.from), shown(schedule, one.to)].join(' '),
  );
