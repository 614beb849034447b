import { describe, expect, it } from '@jest/globals';
import type { Schedule } from '../../../../src/oncall/rules/schedule.js';
import { gaps } from '../../../../src/oncall/rules/resolve.js';
import { at, layerOf, listed, onCall, scheduleOf, turnsOf } from './written.js';

const daily = (zone: string, time: string): Schedule =>
  scheduleOf([layerOf('ana ben', { turns: turnsOf('day', time, { startsOn: '2009-12-31' }) })], {
    zone,
  });

/** Two shifts that meet at one hand-off: the end of the one, the beginning of the other. */
function handOver(zone: string, time: string, [from, to]: [string, string]): [string, string] {
  const [before, next] = listed(daily(zone, time), from, to) as [string, string];
  return [before.split(' ')[2] as string, next.split(' ')[1] as string];
}

describe('a hand-off', () => {
  it.each<[string, string, [string, string], [string, string]]>([
    [
      'keeps its local time when clocks go forward',
      'America/New_York 07:00',
      ['2026-03-07T12:00Z', '2026-03-08T12:00Z'],
      ['2026-03-08T07:00-04:00', '2026-03-08T07:00-04:00'],
    ],
    [
      'keeps its local time when clocks go back',
      'America/Chicago 07:00',
      ['2026-10-31T13:00Z', '2026-11-01T14:00Z'],
      ['2026-11-01T07:00-06:00', '2026-11-01T07:00-06:00'],
    ],
    [
      'that clocks jump over is at the first moment after the jump',
      'America/New_York 02:30',
      ['2026-03-08T00:00Z', '2026-03-09T00:00Z'],
      ['2026-03-08T03:00-04:00', '2026-03-08T03:00-04:00'],
    ],
    [
      'that comes twice ends the one shift the last time and begins the other the first time',
      'America/New_York 01:30',
      ['2026-11-01T04:00Z', '2026-11-02T04:00Z'],
      ['2026-11-01T01:30-05:00', '2026-11-01T01:30-04:00'],
    ],
    [
      'comes twice in London, too',
      'Europe/London 01:30',
      ['2026-10-24T12:00Z', '2026-10-25T12:00Z'],
      ['2026-10-25T01:30+00:00', '2026-10-25T01:30+01:00'],
    ],
    [
      'overlaps by half an hour where that is all that clocks go back by',
      'Australia/Lord_Howe 01:45',
      ['2026-04-03T20:00Z', '2026-04-04T20:00Z'],
      ['2026-04-05T01:45+10:30', '2026-04-05T01:45+11:00'],
    ],
    [
      'that a jump of half an hour leaves out is after the jump',
      'Australia/Lord_Howe 02:15',
      ['2026-10-03T12:00Z', '2026-10-04T12:00Z'],
      ['2026-10-04T02:30+11:00', '2026-10-04T02:30+11:00'],
    ],
    [
      'at a midnight that does not exist is at one, in Cairo',
      'Africa/Cairo 00:00',
      ['2026-04-23T12:00Z', '2026-04-24T12:00Z'],
      ['2026-04-24T01:00+03:00', '2026-04-24T01:00+03:00'],
    ],
    [
      'in the last hour before midnight comes twice, in Cairo',
      'Africa/Cairo 23:30',
      ['2026-10-29T12:00Z', '2026-10-30T12:00Z'],
      ['2026-10-29T23:30+02:00', '2026-10-29T23:30+03:00'],
    ],
    [
      'at a midnight that does not exist is at one, in Havana',
      'America/Havana 00:00',
      ['2026-03-07T12:00Z', '2026-03-08T12:00Z'],
      ['2026-03-08T01:00-04:00', '2026-03-08T01:00-04:00'],
    ],
    [
      'at a midnight that comes twice has both, in Havana',
      'America/Havana 00:00',
      ['2026-10-31T12:00Z', '2026-11-01T12:00Z'],
      ['2026-11-01T00:00-05:00', '2026-11-01T00:00-04:00'],
    ],
    [
      'a minute before clocks go back over midnight has both, in Newfoundland',
      'America/St_Johns 00:00',
      ['2010-11-06T12:00Z', '2010-11-07T12:00Z'],
      ['2010-11-07T00:00-03:30', '2010-11-07T00:00-02:30'],
    ],
    [
      'on a day that a country leaves out is on the next one, in Samoa',
      'Pacific/Apia 09:00',
      ['2011-12-29T20:00Z', '2011-12-31T12:00Z'],
      ['2011-12-31T00:00+14:00', '2011-12-31T00:00+14:00'],
    ],
    [
      'keeps its quarters of an hour, in Kathmandu',
      'Asia/Kathmandu 06:15',
      ['2026-03-29T00:00Z', '2026-03-30T00:00Z'],
      ['2026-03-29T06:15+05:45', '2026-03-29T06:15+05:45'],
    ],
    [
      'never moves where clocks never change',
      'America/Phoenix 02:30',
      ['2026-03-08T00:00Z', '2026-03-09T00:00Z'],
      ['2026-03-08T02:30-07:00', '2026-03-08T02:30-07:00'],
    ],
    [
      'never moves in UTC',
      'UTC 01:30',
      ['2026-10-25T00:00Z', '2026-10-26T00:00Z'],
      ['2026-10-25T01:30+00:00', '2026-10-25T01:30+00:00'],
    ],
    [
      'still changes in the last summer of a zone that gives its changes up',
      'America/Mexico_City 01:30',
      ['2022-10-30T00:00Z', '2022-10-31T00:00Z'],
      ['2022-10-30T01:30-06:00', '2022-10-30T01:30-05:00'],
    ],
    [
      'stays where it is from the year on in which a zone has given them up',
      'America/Mexico_City 02:30',
      ['2023-04-02T00:00Z', '2023-04-03T00:00Z'],
      ['2023-04-02T02:30-06:00', '2023-04-02T02:30-06:00'],
    ],
  ])('%s', (_, where, span, meeting) => {
    const [zone, time] = where.split(' ') as [string, string];
    expect(handOver(zone, time, span)).toEqual(meeting);
  });

  it('of an hour that clocks jump over has no shift', () => {
    const hourly = scheduleOf([
      layerOf('ana ben cleo', { turns: turnsOf('hour', '00:00', { startsOn: '2026-03-08' }) }),
    ]);
    expect(listed(hourly, '2026-03-08T00:00-05:00', '2026-03-08T04:00-04:00')).toEqual([
      'ana 2026-03-08T00:00-05:00 2026-03-08T01:00-05:00',
      'ben 2026-03-08T01:00-05:00 2026-03-08T03:00-04:00',
      'ana 2026-03-08T03:00-04:00 2026-03-08T04:00-04:00',
    ]);
  });

  it('finds every turn of an hour that three hours back have brought again', () => {
    const hourly = scheduleOf(
      [layerOf('ana ben cleo dan eve', { turns: turnsOf('hour', '00:30', halfPast) })],
      { zone: 'Antarctica/Casey' },
    );
    // On 9 March 2023, three hours were lived twice: at 03:00 it was midnight once more.
    expect(onCall(hourly, '2023-03-08T15:45Z').split(' ')).toHaveLength(4);
    expect(gaps(hourly, at('2023-03-08T00:00Z'), at('2023-03-10T00:00Z'))).toEqual([]);
  });
});

const halfPast = { startsOn: '2023-03-08' };

describe('a window', () => {
  const open = (zone: string, from: string, to: string) =>
    scheduleOf([layerOf('ana', { windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from, to }] })], {
      zone,
    });

  it.each<[string, Schedule, [string, string], string[]]>([
    [
      'that begins in the jump begins after it',
      open('America/New_York', '02:30', '06:00'),
      ['2026-03-08T00:00-05:00', '2026-03-08T12:00-04:00'],
      ['ana 2026-03-08T03:00-04:00 2026-03-08T06:00-04:00'],
    ],
    [
      'that lies within the jump is closed that day',
      open('America/New_York', '02:10', '02:50'),
      ['2026-03-08T00:00-05:00', '2026-03-08T12:00-04:00'],
      [],
    ],
    [
      'around the hour that comes twice is an hour longer',
      open('America/New_York', '01:15', '01:45'),
      ['2026-11-01T00:00-04:00', '2026-11-01T12:00-05:00'],
      ['ana 2026-11-01T01:15-04:00 2026-11-01T01:45-05:00'],
    ],
    [
      'of an evening comes again after midnight has been taken back',
      open('America/St_Johns', '22:00', '23:30'),
      ['2010-11-07T00:00:30-02:30', '2010-11-07T12:00-03:30'],
      ['ana 2010-11-07T00:00-02:30 2010-11-06T23:30-03:30'],
    ],
    [
      'from a midnight that is taken back begins before it is',
      open('America/St_Johns', '00:00', '06:00'),
      ['2010-11-06T12:00-02:30', '2010-11-06T23:45-03:30'],
      ['ana 2010-11-07T00:00-02:30 2010-11-06T23:45-03:30'],
    ],
    [
      'on a day that is left out stays closed',
      open('Pacific/Apia', '09:00', '17:00'),
      ['2011-12-29T12:00-10:00', '2011-12-31T12:00+14:00'],
      [
        'ana 2011-12-29T12:00-10:00 2011-12-29T17:00-10:00',
        'ana 2011-12-31T09:00+14:00 2011-12-31T12:00+14:00',
      ],
    ],
  ])('%s', (_, schedule, [from, to], shifts) => {
    expect(listed(schedule, from, to)).toEqual(shifts);
  });
});
