import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { resolveOnCall } from '../../../src/oncall/rules/resolve.js';
import { rotationSchema, type Rotation } from '../../../src/oncall/rules/rotation.js';

const zones = [
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'America/Havana',
  'UTC',
  'America/Phoenix',
];

const weekly: Rotation = {
  zone: 'America/New_York',
  members: ['ana', 'ben', 'cleo'],
  handOff: { time: '09:00', weekday: 1 },
  every: 'week',
  startsOn: '2026-01-01',
};
const daily: Rotation = { ...weekly, handOff: { time: '19:00' }, every: 'day' };

const on = (rotation: Rotation, instant: string) => {
  const shift = resolveOnCall(rotation, new Date(instant));
  return shift && [shift.member, shift.from.toISOString(), shift.to.toISOString()];
};

describe('a rotation', () => {
  it('hands over at its local time, to the minute', () => {
    const [from, noon, to] = [
      '2026-01-05T14:00:00.000Z',
      '2026-01-08T17:00:00Z',
      '2026-01-12T14:00:00.000Z',
    ];
    expect(on(weekly, from)).toEqual(['ana', from, to]);
    expect(on(weekly, noon)).toEqual(['ana', from, to]);
    expect(on(weekly, '2026-01-12T13:59:59.999Z')).toEqual(['ana', from, to]);
    expect(on(weekly, to)?.[0]).toBe('ben');
  });

  it('keeps its local time when clocks change', () => {
    expect(on(weekly, '2026-03-09T13:00:00Z')?.slice(1)).toEqual([
      '2026-03-09T13:00:00.000Z',
      '2026-03-16T13:00:00.000Z',
    ]);
    expect(on(daily, '2026-03-08T12:00:00Z')?.slice(1)).toEqual([
      '2026-03-08T00:00:00.000Z',
      '2026-03-08T23:00:00.000Z',
    ]);
  });

  it('goes round its members, also before its first turn', () => {
    const members = [-2, -1, 0, 1, 2, 3].map((week) => {
      const instant = new Date('2026-01-07T12:00:00Z').getTime() + week * 7 * 86_400_000;
      return resolveOnCall(weekly, new Date(instant))?.member;
    });
    expect(members).toEqual(['ben', 'cleo', 'ana', 'ben', 'cleo', 'ana']);
  });

  it('changes each week on the weekday it starts on, when none is named', () => {
    const rotation = { ...weekly, handOff: { time: '09:00' } };
    expect(on(rotation, '2026-01-02T00:00:00Z')).toEqual([
      'ana',
      '2026-01-01T14:00:00.000Z',
      '2026-01-08T14:00:00.000Z',
    ]);
  });

  it('hands over at the first moment after a jump over its time', () => {
    const rotation = { ...daily, handOff: { time: '02:30' } };
    expect(on(rotation, '2026-03-08T07:00:00Z')?.[1]).toBe('2026-03-08T07:00:00.000Z');
    expect(on(rotation, '2026-03-08T06:59:59Z')?.[2]).toBe('2026-03-08T07:00:00.000Z');
  });

  it('hands over once where its time comes twice, the first time', () => {
    const rotation = { ...daily, handOff: { time: '01:30' } };
    expect(on(rotation, '2026-11-01T06:30:00Z')?.slice(1)).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ]);
  });

  it('hands over once where midnight comes twice', () => {
    const rotation = { ...daily, zone: 'America/St_Johns', handOff: { time: '00:00' } };
    const first = '2010-11-07T02:30:00.000Z';
    expect(on(rotation, '2010-11-07T02:45:00Z')?.[1]).toBe(first);
    expect(on(rotation, '2010-11-07T03:15:00Z')?.[1]).toBe(first);
  });

  it('has nobody on call without members', () => {
    expect(resolveOnCall({ ...weekly, members: [] }, new Date('2026-01-07T12:00:00Z'))).toBeNull();
  });

  it('covers every moment by exactly one turn, in every zone', () => {
    const anyRotation: fc.Arbitrary<Rotation> = fc.record({
      zone: fc.constantFrom(...zones),
      members: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }),
      handOff: fc.record({
        time: fc.constantFrom(
          '00:00',
          '00:30',
          '01:00',
          '01:30',
          '01:45',
          '02:00',
          '02:30',
          '23:30',
        ),
        weekday: fc.integer({ min: 1, max: 7 }),
      }),
      every: fc.constantFrom('day', 'week'),
      startsOn: fc.constantFrom('2024-02-29', '2026-03-08', '2030-12-31'),
    });
    const anyInstant = fc.date({
      min: new Date('2024-01-01T00:00:00Z'),
      max: new Date('2031-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(anyRotation, anyInstant, (rotation, instant) => {
        const shift = resolveOnCall(rotation, instant)!;
        expect(shift.from <= instant && instant < shift.to).toBe(true);
        const next = resolveOnCall(rotation, shift.to)!;
        expect(next.from).toEqual(shift.to);
        const before = resolveOnCall(rotation, new Date(shift.from.getTime() - 1))!;
        expect(before.to).toEqual(shift.from);
        const place = rotation.members.indexOf(shift.member);
        expect(next.member).toBe(rotation.members[(place + 1) % rotation.members.length]);
      }),
      { numRuns: 500 },
    );
  });

  it.each(zones)('leaves no gap and no overlap from 2024 to 2030 in %s', (zone) => {
    const rotation: Rotation = { ...weekly, zone, handOff: { time: '00:30', weekday: 7 } };
    let shift = resolveOnCall(rotation, new Date('2024-01-01T00:00:00Z'))!;
    const days: number[] = [];
    while (shift.to < new Date('2030-12-31T00:00:00Z')) {
      const next = resolveOnCall(rotation, shift.to)!;
      expect(next.from).toEqual(shift.to);
      days.push((next.to.getTime() - next.from.getTime()) / 86_400_000);
      shift = next;
    }
    expect(days.length).toBeGreaterThan(360);
    for (const length of days) expect(Math.abs(length - 7)).toBeLessThan(1.01 / 24);
  });
});

describe('a rotation as operators write it', () => {
  const written = { ...weekly, handOff: { time: '09:00', weekday: 1 } };

  it('is read as it stands', () => {
    expect(rotationSchema.parse(written)).toEqual(weekly);
    expect(
      rotationSchema.safeParse({ ...weekly, handOff: { time: '19:00' }, every: 'day' }).success,
    ).toBe(true);
  });

  it.each<[string, object, string]>([
    ['without members', { members: [] }, 'members: needs at least one member'],
    ['in an unknown zone', { zone: 'Europe/Atlantis' }, 'zone: is not a known time zone'],
    ['with a bad time', { handOff: { time: '9:00' } }, 'handOff.time: is not a time as HH:MM'],
    ['with a bad weekday', { handOff: { time: '09:00', weekday: 8 } }, 'handOff.weekday'],
    [
      'with a weekday for daily turns',
      { every: 'day' },
      'handOff.weekday: is only for weekly turns',
    ],
    ['with a date in words', { startsOn: 'Monday' }, 'startsOn: is not a date'],
    ['with a day that does not exist', { startsOn: '2026-02-30' }, 'startsOn: is not a date'],
    ['with an unknown field', { layers: 2 }, 'layers'],
  ])('is refused %s', (_, changes, problem) => {
    const { error } = rotationSchema.safeParse({ ...written, ...changes });
    const problems = error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    expect(problems?.join('\n')).toContain(problem);
  });
});
