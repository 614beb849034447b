import { describe, expect, it } from '@jest/globals';
import { observances } from '../../../../src/oncall/rules/calendar/time-zone.js';

const inYear = (zone: string, year: number): string[] =>
  observances(zone, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)).map((one) => {
    const startsAt = one.startsAt.toString({ smallestUnit: 'minute' });
    return `${one.kind} ${startsAt} ${one.offsetFrom / 60} ${one.offsetTo / 60}`;
  });

describe('the offsets of a zone over a year', () => {
  it.each<[zone: string, year: number, expected: string[]]>([
    [
      'America/New_York',
      2026,
      [
        'standard 2025-11-02T02:00 -240 -300',
        'daylight 2026-03-08T02:00 -300 -240',
        'standard 2026-11-01T02:00 -240 -300',
      ],
    ],
    [
      'America/Chicago',
      2026,
      [
        'standard 2025-11-02T02:00 -300 -360',
        'daylight 2026-03-08T02:00 -360 -300',
        'standard 2026-11-01T02:00 -300 -360',
      ],
    ],
    ['America/Phoenix', 2026, ['standard 1970-01-01T00:00 -420 -420']],
    [
      'Europe/London',
      2026,
      [
        'standard 2025-10-26T02:00 60 0',
        'daylight 2026-03-29T01:00 0 60',
        'standard 2026-10-25T02:00 60 0',
      ],
    ],
    [
      'Australia/Lord_Howe',
      2026,
      [
        'daylight 2025-10-05T02:00 630 660',
        'standard 2026-04-05T02:00 660 630',
        'daylight 2026-10-04T02:00 630 660',
      ],
    ],
    [
      'Africa/Cairo',
      2026,
      [
        'standard 2025-10-31T00:00 180 120',
        'daylight 2026-04-24T00:00 120 180',
        'standard 2026-10-30T00:00 180 120',
      ],
    ],
    [
      'America/Havana',
      2026,
      [
        'standard 2025-11-02T01:00 -240 -300',
        'daylight 2026-03-08T00:00 -300 -240',
        'standard 2026-11-01T01:00 -240 -300',
      ],
    ],
    ['Asia/Kathmandu', 2026, ['standard 1986-01-01T00:00 330 345']],
    ['UTC', 2026, ['standard 1970-01-01T00:00 0 0']],
    [
      'Asia/Amman',
      2022,
      ['standard 2021-10-29T01:00 180 120', 'standard 2022-02-25T00:00 120 180'],
    ],
    [
      'America/Sao_Paulo',
      2019,
      ['daylight 2018-11-04T00:00 -180 -120', 'standard 2019-02-17T00:00 -120 -180'],
    ],
    [
      'America/Mexico_City',
      2022,
      [
        'standard 2021-10-31T02:00 -300 -360',
        'daylight 2022-04-03T02:00 -360 -300',
        'standard 2022-10-30T02:00 -300 -360',
      ],
    ],
  ])('are those of %s in %d', (zone, year, expected) => {
    expect(inYear(zone, year)).toEqual(expected);
  });

  it('begin with the one that starts at the very first moment', () => {
    const change = Date.parse('2026-03-08T07:00:00Z');
    expect(observances('America/New_York', change, change)).toHaveLength(1);
    expect(observances('America/New_York', change - 1, change)).toHaveLength(2);
    expect(observances('America/New_York', change - 1, change - 1)).toHaveLength(1);
  });
});
