import { describe, expect, it } from '@jest/globals';
import { rotationSchema, scheduleSchema } from '../../../../src/oncall/rules/schedule-schema.js';

const layer = { name: 'usual', members: ['ana', 'ben'] };
const turns = { every: 'day', handOff: { time: '19:00' }, startsOn: '2026-01-01' };
const weekly = { ...turns, every: 'week' };
const monthly = { ...turns, every: 'month' };
const day = { from: '2026-06-01T08:00', to: '2026-06-02T08:00' };
const later = { from: '2026-06-02T08:00', to: '2026-06-03T08:00' };
const gap = { ...day, acceptedBy: 'sue', reason: 'Everybody is away.' };

const withLayer = (changes: object) => ({ layers: [{ ...layer, ...changes }] });
const withTurns = (changes: object) => withLayer({ turns: { ...turns, ...changes } });
const withWindow = (window: object) => withLayer({ windows: [window] });

function problemsOf(changes: object): string {
  const written = { zone: 'America/New_York', layers: [layer], ...changes };
  const { error } = scheduleSchema.safeParse(written);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`).join();
}

describe('a schedule as operators write it', () => {
  it('needs no more than a zone and a layer', () => {
    expect(scheduleSchema.parse({ zone: 'UTC', layers: [layer] })).toEqual({
      zone: 'UTC',
      layers: [layer],
      fixed: [],
      holidays: [],
      acceptedGaps: [],
      checkIn: true,
      fatigue: expect.anything(),
    });
  });

  it('takes turns one by one and closed days as they come, unless it says otherwise', () => {
    expect(scheduleSchema.parse({ zone: 'UTC', ...withTurns({}) }).layers[0]?.turns).toEqual({
      ...turns,
      interval: 1,
      peopleAtOnce: 1,
      skipClosedDays: false,
    });
  });

  it.each<[string, object]>([
    [
      'turns of every unit',
      withLayer({ turns: { ...weekly, handOff: { time: '09:00', weekday: 1 } } }),
    ],
    [
      'the 31st of each month',
      withLayer({ turns: { ...monthly, handOff: { time: '09:00', day: 31 } } }),
    ],
    ['29 February of a leap year', withTurns({ startsOn: '2028-02-29' })],
    ['windows over midnight', withWindow({ weekdays: [1, 7], from: '20:00', to: '08:00' })],
    [
      'windows over a weekend',
      withWindow({ fromWeekday: 5, from: '17:00', toWeekday: 1, to: '08:00' }),
    ],
    ['a hundred members', withLayer({ members: Array.from({ length: 100 }, (_, at) => `m${at}`) })],
    ['closed days that are skipped', withTurns({ skipClosedDays: true })],
    [
      'stretches that touch',
      {
        fixed: [
          { name: 'b', ...later, shifts: [] },
          { name: 'a', ...day, shifts: [] },
        ],
      },
    ],
    ['a gap that somebody accepts', { acceptedGaps: [gap, { ...gap, everyWeek: true }] }],
  ])('may have %s', (_, changes) => {
    expect(problemsOf(changes)).toBe('');
  });

  it.each<[string, object, string]>([
    ['an unknown zone', { zone: 'Europe/Atlantis' }, 'zone: is not a known time zone'],
    ['an offset for a zone', { zone: '+05:00' }, 'zone: is not a known time zone'],
    ['no layer', { layers: [] }, 'layers: needs at least one layer'],
    ['two layers of a name', { layers: [layer, layer] }, 'layers: has two layers of the same name'],
    ['no members', withLayer({ members: [] }), 'layers.0.members: needs at least one member'],
    [
      '10,000 members',
      withLayer({ members: Array.from({ length: 10_000 }, (_, at) => `m${at}`) }),
      'layers.0.members: has more than 100 members',
    ],
    [
      'a member twice',
      withLayer({ members: ['ana', 'ana'] }),
      'layers.0.members: names somebody twice',
    ],
    [
      'a name of NUL',
      withLayer({ name: 'a\0' }),
      'layers.0.name: has characters that cannot be kept',
    ],
    [
      'half a character',
      withLayer({ members: ['\uD800'] }),
      'members.0: has characters that cannot be kept',
    ],
    ['an unknown field', withLayer({ backup: true }), 'layers.0: Unrecognized key: "backup"'],
    [
      'a lifetime that ends before it begins',
      withLayer({ from: '2026-06-02', until: '2026-06-02' }),
      'layers.0.until: is not after the first day',
    ],
    [
      'more people at once than members',
      withTurns({ peopleAtOnce: 3 }),
      'layers.0.turns.peopleAtOnce: is more than there are members',
    ],
    [
      'a bad time',
      withTurns({ handOff: { time: '24:00' } }),
      'turns.handOff.time: is not a time as HH:MM',
    ],
    [
      'a bad weekday',
      withLayer({ turns: { ...weekly, handOff: { time: '09:00', weekday: 8 } } }),
      'weekday: Too big',
    ],
    [
      'a weekday for daily turns',
      withTurns({ handOff: { time: '09:00', weekday: 1 } }),
      'turns.handOff.weekday: is only for weekly turns',
    ],
    [
      'a day of the month for daily turns',
      withTurns({ handOff: { time: '09:00', day: 1 } }),
      'turns.handOff.day: is only for monthly turns',
    ],
    [
      'the 32nd of each month',
      withLayer({ turns: { ...monthly, handOff: { time: '09:00', day: 32 } } }),
      'turns.handOff.day: Too big',
    ],
    [
      'skipped days for weekly turns',
      withLayer({ turns: { ...weekly, skipClosedDays: true } }),
      'turns.skipClosedDays: is only for daily turns',
    ],
    ['turns of ten years', withTurns({ interval: 3660 }), 'layers.0.turns.interval: is too long'],
    ['turns of nothing', withTurns({ interval: 0 }), 'layers.0.turns.interval: Too small'],
    ['a date in words', withTurns({ startsOn: 'Monday' }), 'startsOn: is not a date as YYYY-MM-DD'],
    [
      '29 February of another year',
      withTurns({ startsOn: '2026-02-29' }),
      'startsOn: is not a date',
    ],
    [
      'a day named twice',
      withWindow({ weekdays: [1, 1], from: '08:00', to: '09:00' }),
      'names a day twice',
    ],
    ['half a window', withWindow({ from: '08:00', to: '09:00' }), 'windows.0: is neither'],
    [
      'a stretch that ends before it begins',
      { fixed: [{ name: 'a', from: day.to, to: day.from, shifts: [] }] },
      'fixed.0.to: is not after its beginning',
    ],
    [
      'a stretch that ends when it begins',
      { fixed: [{ name: 'a', from: day.to, to: day.to, shifts: [] }] },
      'fixed.0.to: is not after its beginning',
    ],
    [
      'a stretch on a day that does not exist',
      { fixed: [{ name: 'a', from: '2026-02-30T08:00', to: '2026-03-01T08:00', shifts: [] }] },
      'fixed.0.from: is not a local time as YYYY-MM-DDTHH:MM',
    ],
    [
      'a stretch in words',
      { fixed: [{ name: 'a', from: 'Monday', to: 'Tuesday', shifts: [] }] },
      'fixed.0.from: is not a local time as YYYY-MM-DDTHH:MM',
    ],
    [
      'a shift outside of its stretch',
      { fixed: [{ name: 'a', ...day, shifts: [{ members: ['ana'], ...later }] }] },
      'fixed.0.shifts: has a shift outside of the stretch',
    ],
    [
      'stretches that overlap',
      { fixed: ['a', 'b'].map((name) => ({ name, ...day, shifts: [] })) },
      'fixed: has two stretches that overlap',
    ],
    [
      'a holiday twice',
      { holidays: ['a', 'b'].map((name) => ({ date: '2026-12-25', name })) },
      'has a date twice',
    ],
    [
      'a gap without a reason',
      { acceptedGaps: [{ ...gap, reason: ' ' }] },
      'acceptedGaps.0.reason: Too small',
    ],
    [
      'a gap that nobody accepts',
      { acceptedGaps: [{ ...gap, acceptedBy: undefined }] },
      'acceptedGaps.0.acceptedBy',
    ],
  ])('is refused with %s', (_, changes, problem) => {
    expect(problemsOf(changes)).toContain(problem);
  });
});

describe('the short form of a schedule', () => {
  const { every, ...rest } = turns;
  const short = { zone: 'America/New_York', members: ['ana', 'ben'], every, ...rest };

  it('is one layer that is never closed', () => {
    expect(rotationSchema.parse(short).layers).toEqual([
      {
        name: 'rotation',
        members: ['ana', 'ben'],
        turns: { ...turns, interval: 1, peopleAtOnce: 1, skipClosedDays: false },
      },
    ]);
  });

  it.each<[string, object, string]>([
    ['no members', { members: [] }, 'members: needs at least one member'],
    ['an unknown zone', { zone: 'Europe/Atlantis' }, 'zone: is not a known time zone'],
    ['an unknown field', { layers: 2 }, 'Unrecognized key: "layers"'],
    [
      'a weekday for daily turns',
      { handOff: { time: '09:00', weekday: 1 } },
      'is only for weekly turns',
    ],
  ])('is refused with %s', (_, changes, problem) => {
    const { error } = rotationSchema.safeParse({ ...short, ...changes });
    const said = error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join();
    expect(said).toContain(problem);
  });
});
