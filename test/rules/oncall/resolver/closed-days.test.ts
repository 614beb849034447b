import { describe, expect, it } from '@jest/globals';
import type { Layer, Schedule, Window } from '../../../../src/oncall/rules/schedule.js';
import { layerOf, listed, onCall, scheduleOf, turnsOf } from './written.js';

const nights: Window = { weekdays: [1, 2, 3, 4, 5], from: '19:00', to: '07:00' };
const skipping = (time: string, rest: object = {}) =>
  turnsOf('day', time, { startsOn: '2026-06-01', skipClosedDays: true, ...rest });

/** Who is on call at a local hour of some days of New York in summer. */
const by = (schedule: Schedule, hour: string, days: string[]) =>
  days.map((day) => onCall(schedule, `2026-${day}T${hour}:30-04:00`)).join(' ');

const nightsOf = (layer: Partial<Layer>, rest: Partial<Schedule> = {}) =>
  scheduleOf([layerOf('a b c d e f', { windows: [nights], ...layer })], rest);

const twoWeeks = ['01', '02', '03', '04', '05', '08', '09', '10', '11', '12'].map((d) => `06-${d}`);

describe('closed days', () => {
  it('consume a turn, unless told not to', () => {
    const turns = turnsOf('day', '19:00', { startsOn: '2026-06-01' });
    expect(by(nightsOf({ turns }), '23', twoWeeks)).toBe('a b c d e b c d e f');
  });

  it('are nobody’s turn when they are skipped', () => {
    const turns = skipping('19:00');
    expect(by(nightsOf({ turns }), '23', twoWeeks)).toBe('a b c d e f a b c d');
  });

  it('are skipped before the first turn, too', () => {
    const days = ['05-25', '05-26', '05-27', '05-28', '05-29', '06-01'];
    expect(by(nightsOf({ turns: skipping('19:00') }), '23', days)).toBe('b c d e f a');
  });

  it('are counted by what is open between two hand-offs, whatever the hour of the hand-off', () => {
    // From noon to noon, the night of Friday ends within Friday’s day of turns.
    expect(by(nightsOf({ turns: skipping('12:00') }), '23', twoWeeks)).toBe('a b c d e f a b c d');
    // From midnight to midnight, Saturday morning is a turn of its own.
    const midnight = nightsOf({ turns: skipping('00:00') });
    expect(by(midnight, '06', ['06-05', '06-06', '06-08', '06-09'])).toBe('e f  b');
    expect(by(midnight, '23', ['06-05', '06-08'])).toBe('e a');
  });

  it('keep a turn of several days together', () => {
    const turns = skipping('19:00', { interval: 2 });
    expect(by(nightsOf({ turns }), '23', twoWeeks)).toBe('a a b b c c d d e e');
  });

  it('are none where the layer is always open', () => {
    const always = scheduleOf([layerOf('a b c', { turns: skipping('07:00') })]);
    expect(by(always, '12', ['06-05', '06-06', '06-07', '06-08'])).toBe('b c a b');
  });

  it('are skipped as well when they are holidays', () => {
    const holidays = [{ date: '2026-06-03', name: 'Founders’ Day' }];
    const layer = { turns: skipping('07:00'), days: 'not_holidays' as const, windows: undefined };
    const days = ['06-02', '06-03', '06-04', '06-05', '06-06'];
    expect(by(nightsOf(layer, { holidays }), '12', days)).toBe('b  d e f');
    const fromMidnight = { ...layer, turns: skipping('00:00') };
    expect(by(nightsOf(fromMidnight, { holidays }), '12', days)).toBe('b  c d e');
    const before = ['05-28', '05-29', '05-30', '05-31', '06-01'];
    const holidayBefore = [{ date: '2026-05-30', name: 'Memorial Day' }];
    expect(by(nightsOf(fromMidnight, { holidays: holidayBefore }), '12', before)).toBe('d e  f a');
  });

  it('are all but the holidays for a layer of holidays', () => {
    const holidays = ['2026-06-03', '2026-06-10', '2026-06-19'].map((date) => ({
      date,
      name: date,
    }));
    const turns = skipping('00:00');
    const layer = { turns, days: 'holidays' as const, windows: undefined };
    const days = ['06-03', '06-04', '06-10', '06-19'];
    expect(by(nightsOf(layer, { holidays }), '12', days)).toBe('a  b c');
  });

  it('cover the nights through both changes of the clock', () => {
    const schedule = nightsOf({
      windows: [{ weekdays: [6, 7], from: '19:00', to: '02:30' }],
      turns: skipping('02:30'),
    });
    expect(listed(schedule, '2026-03-07T12:00-05:00', '2026-03-08T12:00-04:00')).toEqual([
      expect.stringMatching(/^\w 2026-03-07T19:00-05:00 2026-03-08T03:00-04:00$/),
    ]);
  });
});

describe('holidays', () => {
  const holidays = ['2026-12-24', '2026-12-25'].map((date) => ({ date, name: date }));
  const layers = [
    layerOf('ana', { name: 'usual', days: 'not_holidays' }),
    layerOf('ben', { name: 'feast', days: 'holidays' }),
  ];

  it('change who is on call, from midnight to midnight, and close nothing', () => {
    const schedule = scheduleOf(layers, { holidays });
    expect(listed(schedule, '2026-12-23T00:00-05:00', '2026-12-27T00:00-05:00')).toEqual([
      'ana 2026-12-23T00:00-05:00 2026-12-24T00:00-05:00',
      'ben 2026-12-24T00:00-05:00 2026-12-26T00:00-05:00',
      'ana 2026-12-26T00:00-05:00 2026-12-27T00:00-05:00',
    ]);
  });

  it('need not be a layer’s concern', () => {
    const schedule = scheduleOf([layerOf('ana')], { holidays });
    expect(onCall(schedule, '2026-12-25T12:00-05:00')).toBe('ana');
  });

  it('in a row are one stretch, also where the midnight between them comes twice', () => {
    const october = ['2026-10-31', '2026-11-01'].map((date) => ({ date, name: date }));
    const schedule = scheduleOf(layers, { zone: 'America/Havana', holidays: october });
    expect(listed(schedule, '2026-10-31T12:00-04:00', '2026-11-01T12:00-05:00')).toEqual([
      'ben 2026-10-31T12:00-04:00 2026-11-01T12:00-05:00',
    ]);
  });

  it('overlap with other days rather than leave a hole where midnight comes twice', () => {
    const november = [{ date: '2026-11-01', name: 'All Saints’ Day' }];
    const schedule = scheduleOf(layers.toReversed(), {
      zone: 'America/Havana',
      holidays: november,
    });
    expect(listed(schedule, '2026-10-31T12:00-04:00', '2026-11-01T12:00-05:00')).toEqual([
      'ana 2026-10-31T12:00-04:00 2026-11-01T00:00-04:00',
      'ben 2026-11-01T00:00-04:00 2026-11-01T12:00-05:00',
    ]);
  });
});
