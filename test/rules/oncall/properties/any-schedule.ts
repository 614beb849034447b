import fc from 'fast-check';
import type { Layer, Override, Schedule, Window } from '../../../../src/oncall/rules/schedule.js';
import type { Interval, Turns } from '../../../../src/oncall/rules/schedule.js';
import { anyCenter, hourMs, localDate, localMoment } from './centers.js';

export interface Night {
  schedule: Schedule;
  /** A few days, more often than not around a change of the clock. */
  span: Interval;
  center: number;
  isAroundChange: boolean;
}

const staff = ['ana', 'ben', 'cleo', 'dan', 'eve', 'fay'];
const anyMembers = fc.oneof(
  fc.constantFrom(...staff).map((one) => [one]),
  {
    weight: 4,
    arbitrary: fc.uniqueArray(fc.constantFrom(...staff), { minLength: 2, maxLength: 4 }),
  },
);
const anyWeekday = fc.integer({ min: 1, max: 7 });

/** Around the hours that clocks leave out or show twice, more often than not. */
const anyTimeNear = (zone: string, center: number): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .integer({ min: -6, max: 6 })
        .map((quarters) => localMoment(zone, center + (quarters * hourMs) / 4).slice(11)),
    },
    fc.constantFrom('00:00', '07:00', '20:00', '23:59'),
    fc
      .integer({ min: 0, max: 1439 })
      .map((minutes) => new Date(minutes * 60_000).toISOString().slice(11, 16)),
  );

/** What is drawn for a night is near the moment that it is about. */
interface Near {
  time: fc.Arbitrary<string>;
  date: fc.Arbitrary<string>;
}

const anyWindow = (time: Near['time']): fc.Arbitrary<Window> => {
  const hours = { from: time, to: time };
  return fc.oneof(
    fc.record({
      weekdays: fc.uniqueArray(anyWeekday, { minLength: 1, maxLength: 5 }),
      ...hours,
    }),
    fc.record({ fromWeekday: anyWeekday, toWeekday: anyWeekday, ...hours }),
  );
};

const anyTurns = ({ time, date }: Near, members: number): fc.Arbitrary<Turns> =>
  fc
    .record({
      every: fc.constantFrom('hour', 'day', 'day', 'day', 'week', 'month'),
      interval: fc.constantFrom(1, 1, 1, 2, 3),
      startsOn: fc.oneof(date, anyOldDate),
      time,
      weekday: fc.option(anyWeekday, { nil: undefined }),
      day: fc.option(fc.integer({ min: 1, max: 31 }), { nil: undefined }),
      peopleAtOnce: fc.integer({ min: 1, max: Math.min(2, members) }),
      skips: fc.boolean(),
    })
    .map(({ every, time: at, weekday, day, skips, ...rest }) => ({
      ...rest,
      every,
      skipClosedDays: every === 'day' && skips,
      handOff: {
        time: at,
        weekday: every === 'week' ? weekday : undefined,
        day: every === 'month' ? day : undefined,
      },
    }));

const anyLayer = (near: Near): fc.Arbitrary<Omit<Layer, 'name'>> =>
  anyMembers.chain((members) =>
    fc
      .record({
        members: fc.constant(members),
        turns: often(4, anyTurns(near, members.length)),
        windows: often(1, fc.array(anyWindow(near.time), { minLength: 1, maxLength: 2 })),
        days: often(1, fc.constantFrom('holidays', 'not_holidays')),
        lifetime: fc
          .uniqueArray(near.date, { minLength: 2, maxLength: 2 })
          .map((two) => two.toSorted()),
        bounds: fc.constantFrom('none', 'none', 'none', 'both', 'from', 'until'),
      })
      .map(({ lifetime: [from, until], bounds, ...rest }) => ({
        ...rest,
        from: bounds === 'both' || bounds === 'from' ? from : undefined,
        until: bounds === 'both' || bounds === 'until' ? until : undefined,
      })),
  );

/** `times` as often as not at all. */
const often = <T>(times: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(fc.constant(undefined), { weight: times, arbitrary });

const anyOldDate = fc.constantFrom('1975-01-31', '2000-02-29', '2019-12-31', '2020-06-01');

/** Stretches that touch or are apart, of shifts that overlap or leave holes. */
const anyFixed = (moment: fc.Arbitrary<string>): fc.Arbitrary<Schedule['fixed']> =>
  fc
    .tuple(fc.uniqueArray(moment, { minLength: 6, maxLength: 6 }), anyMembers, anyMembers)
    .map(([moments, some, others]) => {
      const [a, b, c, d, e, f] = moments.toSorted() as [
        string,
        string,
        string,
        string,
        string,
        string,
      ];
      const between = (members: string[], from: string, to: string) => ({ members, from, to });
      return [
        { name: 'later', from: d, to: f, shifts: [between(some, d, e), between(others, d, f)] },
        { name: 'sooner', from: a, to: d, shifts: [between(others, b, d), between(some, a, c)] },
      ];
    });

export const anyOverride = (center: number): fc.Arbitrary<Override> =>
  fc
    .record({
      kind: fc.constantFrom('replace', 'replace', 'add', 'remove'),
      from: fc.integer({ min: -96, max: 72 }),
      hours: fc.integer({ min: 1, max: 48 }),
      id: fc.integer({ min: 1, max: 1_000_000 }).map((number) => `override-${number}`),
      isSwap: fc.boolean(),
      people: fc.uniqueArray(fc.constantFrom(...staff, 'zoe'), { minLength: 2, maxLength: 2 }),
    })
    .map(({ kind, from, hours, id, isSwap, people: [one, other] }) => ({
      id,
      kind,
      from: center + from * hourMs,
      to: center + (from + hours) * hourMs,
      incoming: kind === 'remove' ? null : (one as string),
      outgoing: kind === 'add' ? null : (other as string),
      swapId: isSwap ? `swap-of-${id}` : null,
    }));

const anyDistance = fc
  .tuple(fc.integer({ min: 2, max: 100 }), fc.integer({ min: -1, max: 1 }))
  .map(([hours, ms]) => hours * hourMs + ms);

export const anyNight: fc.Arbitrary<Night> = anyCenter.chain(({ zone, center, isChange }) => {
  const around = fc.integer({ min: -60, max: 60 }).map((hours) => center + hours * hourMs);
  const time = anyTimeNear(zone, center);
  const date = around.map((instant) => localDate(zone, instant));
  const moment = fc.tuple(date, time).map((both) => both.join('T'));
  const schedule = fc.record({
    zone: fc.constant(zone),
    layers: fc
      .array(anyLayer({ time, date }), { minLength: 1, maxLength: 4 })
      .map((all): Layer[] => all.map((one, place) => ({ name: `layer ${place}`, ...one }))),
    fixed: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, anyFixed(moment)),
    holidays: fc
      .uniqueArray(date, { maxLength: 3 })
      .map((dates) => dates.map((one) => ({ date: one, name: 'a holiday' }))),
    overrides: fc.array(anyOverride(center), { maxLength: 4 }),
  });
  const span = fc.record({
    from: anyDistance.map((ms) => center - ms),
    to: anyDistance.map((ms) => center + ms),
  });
  return fc.record({
    schedule: schedule.map(frozen),
    span,
    center: fc.constant(center),
    isAroundChange: fc.constant(isChange),
  });
});

/** Whoever changes what was handed in is found out. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const one of Object.values(value)) frozen(one);
  return Object.freeze(value);
}
