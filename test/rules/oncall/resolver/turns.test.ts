import { describe, expect, it } from '@jest/globals';
import { resolve } from '../../../../src/oncall/rules/resolve.js';
import { at, layerOf, listed, onCall, scheduleOf, turnsOf } from './written.js';
import type { Turns } from '../../../../src/oncall/rules/schedule.js';

const taking = (turns: Turns, members = 'ana ben cleo') =>
  scheduleOf([layerOf(members, { turns })]);

describe('turns', () => {
  it('of hours hand off by the clock on the wall', () => {
    const eightHours = turnsOf('hour', '02:00', { interval: 8, startsOn: '2026-01-01' });
    expect(listed(taking(eightHours), '2026-06-01T02:00-04:00', '2026-06-02T02:00-04:00')).toEqual([
      'ana 2026-06-01T02:00-04:00 2026-06-01T10:00-04:00',
      'ben 2026-06-01T10:00-04:00 2026-06-01T18:00-04:00',
      'cleo 2026-06-01T18:00-04:00 2026-06-02T02:00-04:00',
    ]);
  });

  it('of days hand off every day at their time', () => {
    const daily = turnsOf('day', '19:00', { startsOn: '2026-01-01' });
    expect(listed(taking(daily), '2026-01-01T19:00-05:00', '2026-01-04T19:00-05:00')).toEqual([
      'ana 2026-01-01T19:00-05:00 2026-01-02T19:00-05:00',
      'ben 2026-01-02T19:00-05:00 2026-01-03T19:00-05:00',
      'cleo 2026-01-03T19:00-05:00 2026-01-04T19:00-05:00',
    ]);
  });

  it('of weeks hand off on their weekday, the first time on or after the day they start on', () => {
    const mondays = turnsOf('week', '09:00', { weekday: 1, startsOn: '2026-01-01' });
    expect(listed(taking(mondays), '2026-01-05T09:00-05:00', '2026-01-19T09:00-05:00')).toEqual([
      'ana 2026-01-05T09:00-05:00 2026-01-12T09:00-05:00',
      'ben 2026-01-12T09:00-05:00 2026-01-19T09:00-05:00',
    ]);
  });

  it('of weeks hand off on the weekday they start on, when none is named', () => {
    const weekly = turnsOf('week', '09:00', { startsOn: '2026-01-01' });
    expect(listed(taking(weekly), '2026-01-01T09:00-05:00', '2026-01-08T09:00-05:00')).toEqual([
      'ana 2026-01-01T09:00-05:00 2026-01-08T09:00-05:00',
    ]);
  });

  it('of every other week last a fortnight', () => {
    const fortnights = turnsOf('week', '09:00', { interval: 2, startsOn: '2026-01-05' });
    expect(listed(taking(fortnights), '2026-01-05T09:00-05:00', '2026-02-02T09:00-05:00')).toEqual([
      'ana 2026-01-05T09:00-05:00 2026-01-19T09:00-05:00',
      'ben 2026-01-19T09:00-05:00 2026-02-02T09:00-05:00',
    ]);
  });

  it('of months never drift from the 31st: in shorter months they hand off on the last day', () => {
    const monthly = turnsOf('month', '09:00', { startsOn: '2026-01-31' });
    expect(listed(taking(monthly), '2026-01-31T09:00-05:00', '2026-05-31T09:00-04:00')).toEqual([
      'ana 2026-01-31T09:00-05:00 2026-02-28T09:00-05:00',
      'ben 2026-02-28T09:00-05:00 2026-03-31T09:00-04:00',
      'cleo 2026-03-31T09:00-04:00 2026-04-30T09:00-04:00',
      'ana 2026-04-30T09:00-04:00 2026-05-31T09:00-04:00',
    ]);
  });

  it.each([
    ['on a day still to come in the month they start in', '2026-01-10', 15, '2026-01-15'],
    ['on the day they start on', '2026-01-15', 15, '2026-01-15'],
    ['in the next month, when the day is over', '2026-01-20', 15, '2026-02-15'],
    ['in the next year, when the month is the last', '2026-12-20', 15, '2027-01-15'],
    ['on the last day of a short month', '2026-02-10', 31, '2026-02-28'],
    ['on 29 February of a leap year', '2028-02-10', 31, '2028-02-29'],
  ])('of months begin %s', (_, startsOn, day, first) => {
    const monthly = taking(turnsOf('month', '09:00', { startsOn, day }));
    expect(resolve(monthly, at(`${first}T09:00-05:00`))[0]?.why).toMatchObject({ turn: 0 });
    expect(resolve(monthly, at(`${first}T08:59-05:00`))[0]?.why).toMatchObject({ turn: -1 });
  });

  it('of a year from 29 February hand off on 28 February of other years', () => {
    const yearly = turnsOf('month', '00:00', { interval: 12, startsOn: '2024-02-29' });
    expect(listed(taking(yearly), '2024-02-29T00:00-05:00', '2028-02-29T00:00-05:00')).toEqual([
      'ana 2024-02-29T00:00-05:00 2025-02-28T00:00-05:00',
      'ben 2025-02-28T00:00-05:00 2026-02-28T00:00-05:00',
      'cleo 2026-02-28T00:00-05:00 2027-02-28T00:00-05:00',
      'ana 2027-02-28T00:00-05:00 2028-02-29T00:00-05:00',
    ]);
  });

  it('go round the members, also before the first one', () => {
    const weekly = taking(turnsOf('week', '09:00', { startsOn: '2026-01-05' }));
    const noons = ['2025-12-24', '2025-12-31', '2026-01-07', '2026-01-14', '2026-01-21'];
    const members = noons.map((day) => onCall(weekly, `${day}T12:00-05:00`));
    expect(members).toEqual(['ben', 'cleo', 'ana', 'ben', 'cleo']);
  });

  it('change at their millisecond, not one before', () => {
    const daily = taking(turnsOf('day', '19:00', { startsOn: '2026-01-01' }));
    expect(onCall(daily, '2026-01-02T18:59:59.999-05:00')).toBe('ana');
    expect(onCall(daily, '2026-01-02T19:00:00.000-05:00')).toBe('ben');
  });

  it('are shared by as many as are on at once', () => {
    const pairs = turnsOf('day', '00:00', { startsOn: '2026-01-01', peopleAtOnce: 2 });
    const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'];
    expect(days.map((day) => onCall(taking(pairs), `${day}T12:00-05:00`))).toEqual([
      'ana ben',
      'cleo ana',
      'ben cleo',
      'ana ben',
    ]);
  });

  it('say which one it is', () => {
    const daily = taking(turnsOf('day', '00:00', { startsOn: '2026-01-01' }));
    expect(resolve(daily, at('2026-01-05T12:00-05:00'))).toEqual([
      { member: 'ben', why: { kind: 'layer', name: 'usual', turn: 4 } },
    ]);
  });
});

describe('a layer without turns', () => {
  it('has everybody on call at once', () => {
    const everybody = scheduleOf([layerOf('ana ben cleo')]);
    expect(resolve(everybody, at('2026-01-05T12:00-05:00'))).toEqual(
      ['ana', 'ben', 'cleo'].map((member) => ({
        member,
        why: { kind: 'layer', name: 'usual', turn: null },
      })),
    );
  });
});
