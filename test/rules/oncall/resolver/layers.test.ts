import { describe, expect, it } from '@jest/globals';
import { gaps, resolve } from '../../../../src/oncall/rules/resolve.js';
import { at, layerOf, listed, onCall, scheduleOf, shown, turnsOf } from './written.js';
import type { Layer, Schedule, Window } from '../../../../src/oncall/rules/schedule.js';

const week: [string, string] = ['2026-06-01T00:00-04:00', '2026-06-08T00:00-04:00'];
const weekdays: Window = { weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' };
const nights: Window = { weekdays: [1, 2, 3, 4], from: '18:00', to: '08:00' };
const weekend: Window = { fromWeekday: 5, from: '17:00', toWeekday: 1, to: '08:00' };

const openWith = (...windows: Window[]): Schedule => scheduleOf([layerOf('ana', { windows })]);

describe('windows', () => {
  it.each<[string, Window[], string[]]>([
    [
      'of a day open on the days that they name',
      [{ weekdays: [2, 4], from: '08:00', to: '18:00' }],
      [
        'ana 2026-06-02T08:00-04:00 2026-06-02T18:00-04:00',
        'ana 2026-06-04T08:00-04:00 2026-06-04T18:00-04:00',
      ],
    ],
    [
      'over midnight belong to the day on which they begin',
      [{ weekdays: [7], from: '22:00', to: '06:00' }],
      [
        'ana 2026-06-01T00:00-04:00 2026-06-01T06:00-04:00',
        'ana 2026-06-07T22:00-04:00 2026-06-08T00:00-04:00',
      ],
    ],
    [
      'over a weekend stay open through it',
      [weekend],
      [
        'ana 2026-06-01T00:00-04:00 2026-06-01T08:00-04:00',
        'ana 2026-06-05T17:00-04:00 2026-06-08T00:00-04:00',
      ],
    ],
    [
      'that end when they began last a whole day',
      [{ weekdays: [3], from: '08:00', to: '08:00' }],
      ['ana 2026-06-03T08:00-04:00 2026-06-04T08:00-04:00'],
    ],
    [
      'from a weekday to the same one last a whole week',
      [{ fromWeekday: 3, from: '08:00', toWeekday: 3, to: '08:00' }],
      ['ana 2026-06-01T00:00-04:00 2026-06-08T00:00-04:00'],
    ],
    [
      'from a weekday to a later hour of it last those hours',
      [{ fromWeekday: 3, from: '08:00', toWeekday: 3, to: '09:00' }],
      ['ana 2026-06-03T08:00-04:00 2026-06-03T09:00-04:00'],
    ],
    [
      'that touch are one shift',
      [
        { weekdays: [1], from: '08:00', to: '12:00' },
        { weekdays: [1], from: '12:00', to: '15:00' },
        { weekdays: [1], from: '14:00', to: '16:00' },
      ],
      ['ana 2026-06-01T08:00-04:00 2026-06-01T16:00-04:00'],
    ],
  ])('%s', (_, windows, shifts) => {
    expect(listed(openWith(...windows), ...week)).toEqual(shifts);
  });

  it('open and close at their millisecond', () => {
    const schedule = openWith(weekdays);
    expect(onCall(schedule, '2026-06-01T07:59:59.999-04:00')).toBe('');
    expect(onCall(schedule, '2026-06-01T08:00:00.000-04:00')).toBe('ana');
    expect(onCall(schedule, '2026-06-01T17:59:59.999-04:00')).toBe('ana');
    expect(onCall(schedule, '2026-06-01T18:00:00.000-04:00')).toBe('');
  });
});

describe('several layers', () => {
  const layers: Layer[] = [
    layerOf('dora', { name: 'days', windows: [weekdays] }),
    layerOf('nick nora', {
      name: 'nights',
      windows: [nights],
      turns: turnsOf('day', '18:00', { startsOn: '2026-06-01' }),
    }),
    layerOf('sue sid', { name: 'behind' }),
  ];

  it('answer in their order: whoever is open first hides the others', () => {
    expect(onCall(scheduleOf(layers), '2026-06-03T12:00-04:00')).toBe('dora');
    expect(onCall(scheduleOf(layers), '2026-06-03T23:00-04:00')).toBe('nick');
    expect(onCall(scheduleOf(layers), '2026-06-05T23:00-04:00')).toBe('sue sid');
    expect(onCall(scheduleOf(layers.toReversed()), '2026-06-03T12:00-04:00')).toBe('sue sid');
  });

  it('leave no gap when the last is always open', () => {
    expect(gaps(scheduleOf(layers), at(week[0]), at(week[1]))).toEqual([]);
  });

  it('leave a gap where none is open, from the end of one to the beginning of the next', () => {
    const schedule = scheduleOf(layers.slice(0, 2));
    const found = gaps(schedule, at('2026-06-05T00:00-04:00'), at('2026-06-09T00:00-04:00'));
    expect(found.map(({ from, to }) => [shown(schedule, from), shown(schedule, to)])).toEqual([
      ['2026-06-05T18:00-04:00', '2026-06-08T08:00-04:00'],
    ]);
  });
});

describe('a layer with a lifetime', () => {
  const months = { from: '2026-06-01', until: '2026-07-01' };
  const schedule = scheduleOf([
    layerOf('ana', { name: 'June', ...months }),
    layerOf('ben', { name: 'usual' }),
  ]);

  it.each([
    ['2026-05-31T23:59:59.999-04:00', 'ben'],
    ['2026-06-01T00:00:00.000-04:00', 'ana'],
    ['2026-06-30T23:59:59.999-04:00', 'ana'],
    ['2026-07-01T00:00:00.000-04:00', 'ben'],
  ])('at %s leaves %s on call', (moment, member) => {
    expect(onCall(schedule, moment)).toBe(member);
  });

  it('may have a beginning alone, or an end alone', () => {
    const without = (bound: Partial<Layer>) => scheduleOf([layerOf('ana', bound)]);
    expect(onCall(without({ from: '2026-06-01' }), '2030-01-01T00:00Z')).toBe('ana');
    expect(onCall(without({ from: '2026-06-01' }), '2020-01-01T00:00Z')).toBe('');
    expect(onCall(without({ until: '2026-06-01' }), '2030-01-01T00:00Z')).toBe('');
    expect(onCall(without({ until: '2026-06-01' }), '2020-01-01T00:00Z')).toBe('ana');
  });

  it('is never there when its only day is one that a country leaves out', () => {
    const day = { from: '2011-12-30', until: '2011-12-31' };
    const apia = scheduleOf([layerOf('ana', day), layerOf('ben')], { zone: 'Pacific/Apia' });
    expect(listed(apia, '2011-12-30T00:00Z', '2011-12-31T00:00Z')).toEqual([
      'ben 2011-12-29T14:00-10:00 2011-12-31T14:00+14:00',
    ]);
  });
});

describe('a fixed stretch', () => {
  const fixed = {
    name: 'retreat',
    from: '2026-06-02T08:00',
    to: '2026-06-04T08:00',
    shifts: [
      { members: ['dan'], from: '2026-06-03T08:00', to: '2026-06-03T20:00' },
      { members: ['cleo', 'dan'], from: '2026-06-02T08:00', to: '2026-06-02T20:00' },
    ],
  };
  const schedule = scheduleOf([layerOf('ana')], { fixed: [fixed] });

  it('is exactly this, its holes included', () => {
    expect(listed(schedule, '2026-06-02T00:00-04:00', '2026-06-04T12:00-04:00')).toEqual([
      'ana 2026-06-02T00:00-04:00 2026-06-02T08:00-04:00',
      'cleo 2026-06-02T08:00-04:00 2026-06-02T20:00-04:00',
      'dan 2026-06-02T08:00-04:00 2026-06-02T20:00-04:00',
      'dan 2026-06-03T08:00-04:00 2026-06-03T20:00-04:00',
      'ana 2026-06-04T08:00-04:00 2026-06-04T12:00-04:00',
    ]);
  });

  it('says that it is why somebody is on call', () => {
    expect(resolve(schedule, at('2026-06-03T12:00-04:00'))).toEqual([
      { member: 'dan', why: { kind: 'fixed', name: 'retreat' } },
    ]);
  });

  it('may leave nobody on call at all', () => {
    const empty = scheduleOf([layerOf('ana')], { fixed: [{ ...fixed, shifts: [] }] });
    expect(onCall(empty, '2026-06-03T12:00-04:00')).toBe('');
  });

  it('that clocks jump over changes nothing', () => {
    const within = { from: '2026-03-08T02:10', to: '2026-03-08T02:50' };
    const shifts = [{ members: ['dan'], ...within }];
    const jumped = { fixed: [{ name: 'short', ...within, shifts }] };
    const around = scheduleOf([layerOf('ana')], jumped);
    expect(listed(around, '2026-03-08T00:00-05:00', '2026-03-08T12:00-04:00')).toEqual([
      'ana 2026-03-08T00:00-05:00 2026-03-08T12:00-04:00',
    ]);
  });

  it('overlaps the next one where their hour comes twice, wherever the question is cut', () => {
    const one = (name: string, from: string, to: string) => ({
      name,
      from,
      to,
      shifts: [{ members: [name, 'dan'], from, to }],
    });
    const both = scheduleOf([layerOf('ana')], {
      fixed: [
        one('late', '2026-11-01T01:30', '2026-11-01T06:00'),
        one('early', '2026-10-31T20:00', '2026-11-01T01:30'),
      ],
    });
    const [moment, evening] = [at('2026-11-01T01:45-04:00'), at('2026-10-31T20:00-04:00')];
    expect(onCall(both, '2026-11-01T01:45-04:00')).toBe('early dan late');
    const names = (from: number) =>
      listed(both, new Date(from).toISOString(), '2026-11-01T06:00Z').map((line) =>
        line.slice(0, 5),
      );
    expect(names(moment)).toEqual(['early', 'dan 2', 'late ']);
    expect(names(evening)).toEqual(['early', 'dan 2', 'dan 2', 'late ']);
  });
});
