import { describe, expect, it } from '@jest/globals';
import { acceptedIn } from '../../../../src/oncall/rules/coverage.js';
import type { Member } from '../../../../src/staff/rules/member.js';
import { accepted, aMember, aSegment, at, coverageIn, minutes } from './builders.js';

const always = { primary: [aSegment(0, 100, ['maya'])] };

describe('a schedule has a gap', () => {
  it.each<[string, Partial<Member>, string]>([
    ['whose account is disabled', { disabled: true }, 'nobody_eligible'],
    ['without a role that takes cases', { roles: ['admin'] }, 'nobody_eligible'],
    [
      'whose only credential has expired',
      { credentials: [{ until: at(0), states: [] }] },
      'nobody_eligible',
    ],
    ['without a verified way to be paged', { reachable: false }, 'nobody_reachable'],
    ['whose phone failed its last test', { passedTest: false }, 'nobody_reachable'],
  ])('while the one on call is somebody %s', (_who, different, why) => {
    const { schedules } = coverageIn({ members: [aMember('maya', different)], schedules: always });

    expect(schedules[0]?.gaps).toEqual([{ ...minutes(0, 100), why, accepted: null }]);
    expect(schedules[0]?.minutes).toEqual({ gap: 100, acceptedGap: 0 });
  });

  it('while nobody is on call, and none while somebody is', () => {
    const primary = [aSegment(0, 40, ['maya']), aSegment(40, 60, []), aSegment(60, 100, ['maya'])];
    const { schedules } = coverageIn({ members: [aMember('maya')], schedules: { primary } });

    expect(schedules[0]?.gaps).toEqual([
      { ...minutes(40, 60), why: 'nobody_scheduled', accepted: null },
    ]);
  });

  it('of whoever is on call but works for the program no more', () => {
    const { schedules } = coverageIn({ schedules: always });
    expect(schedules[0]?.gaps).toMatchObject([{ why: 'nobody_eligible' }]);
  });

  it('from the moment at which a credential expires in the middle of a shift', () => {
    const credentials = [{ until: at(70), states: ['NY'] }];
    const members = [aMember('maya', { credentials })];
    const { schedules } = coverageIn({ members, schedules: always });

    expect(schedules[0]?.gaps).toEqual([
      { ...minutes(70, 100), why: 'nobody_eligible', accepted: null },
    ]);
  });

  it('in one piece while the reason stays, and in two when it changes', () => {
    const primary = [
      aSegment(0, 10, ['maya']),
      aSegment(10, 20, ['ben']),
      aSegment(20, 30, ['priya']),
      aSegment(30, 100, ['lee']),
    ];
    const members = [
      aMember('ben', { reachable: false }),
      aMember('priya', { passedTest: false }),
      aMember('lee', { disabled: true }),
      aMember('maya'),
    ];
    const { schedules } = coverageIn({ members, schedules: { primary } });

    expect(schedules[0]?.gaps).toEqual([
      { ...minutes(10, 30), why: 'nobody_reachable', accepted: null },
      { ...minutes(30, 100), why: 'nobody_eligible', accepted: null },
    ]);
  });

  it('not while one of several on call answers', () => {
    const members = [aMember('ben', { reachable: false }), aMember('maya')];
    const primary = [aSegment(0, 100, ['ben', 'maya'])];
    expect(coverageIn({ members, schedules: { primary } }).schedules[0]?.gaps).toEqual([]);
  });
});

describe('a gap is accepted', () => {
  const holes = { primary: [aSegment(0, 40, []), aSegment(40, 100, ['maya'])] };
  const members = [aMember('maya')];

  it('by whoever took it upon themselves, with the reason, for their stretch alone', () => {
    const { schedules, minutes: sums } = coverageIn({
      members,
      schedules: holes,
      accepted: {
        primary: [accepted(10, 30, { by: null }), accepted(20, 35, { everyWeek: true })],
      },
    });
    const reason = 'The group runs then.';

    expect(schedules[0]?.gaps.map(({ why: _why, ...gap }) => gap)).toEqual([
      { ...minutes(0, 10), accepted: null },
      { ...minutes(10, 30), accepted: { by: null, reason, everyWeek: false } },
      { ...minutes(30, 35), accepted: { by: 'sam', reason, everyWeek: true } },
      { ...minutes(35, 40), accepted: null },
    ]);
    expect(schedules[0]?.minutes).toEqual({ gap: 15, acceptedGap: 25 });
    expect(sums).toMatchObject({ gap: 15, acceptedGap: 25 });
  });

  it('by the list of its schedule, in its own zone, also for every week', () => {
    const reason = 'The group runs then.';
    const acceptedGaps = [
      {
        from: '2027-03-10T20:00',
        to: '2027-03-10T22:00',
        everyWeek: true,
        acceptedBy: 'sam',
        reason,
      },
      {
        from: '2027-03-11T01:00',
        to: '2027-03-11T02:00',
        everyWeek: false,
        acceptedBy: 'kim',
        reason,
      },
    ];
    const span = { from: Date.parse('2027-03-10T00:00Z'), to: Date.parse('2027-03-19T00:00Z') };
    const found = acceptedIn({ zone: 'America/New_York', acceptedGaps }, span);
    const met = found.filter(({ from, to }) => from < span.to && to > span.from);

    expect(
      met.map(({ from, by, everyWeek }) => [new Date(from).toISOString(), by, everyWeek]),
    ).toEqual([
      ['2027-03-11T01:00:00.000Z', 'sam', true],
      ['2027-03-18T00:00:00.000Z', 'sam', true],
      ['2027-03-11T06:00:00.000Z', 'kim', false],
    ]);
  });

  it('only as far as nobody is on call, not when whoever is cannot be reached', () => {
    const { schedules } = coverageIn({
      members: [aMember('maya', { reachable: false })],
      schedules: holes,
      accepted: { primary: [accepted(0, 100)] },
    });

    expect(schedules[0]?.gaps).toMatchObject([
      { ...minutes(0, 40), why: 'nobody_scheduled', accepted: { by: 'sam' } },
      { ...minutes(40, 100), why: 'nobody_reachable', accepted: null },
    ]);
  });
});

describe('the minutes of a program', () => {
  it('count every minute once, and only of schedules that a step pages', () => {
    const hole = (from: number, to: number) => [
      aSegment(0, from, ['maya']),
      aSegment(from, to, []),
      aSegment(to, 100, ['maya']),
    ];
    const { schedules, minutes: sums } = coverageIn({
      members: [aMember('maya'), aMember('ben')],
      schedules: { primary: hole(10, 30), backup: hole(20, 40), spare: hole(50, 90) },
      accepted: { backup: [accepted(25, 40)] },
      policies: [
        [{ audiences: [{ schedule: 'primary' }] }],
        [{ audiences: [{ schedule: 'backup' }] }],
      ],
    });

    expect(schedules.map(({ used, minutes: own }) => [used, own.gap, own.acceptedGap])).toEqual([
      [true, 20, 0],
      [true, 5, 15],
      [false, 40, 0],
    ]);
    expect(sums).toMatchObject({ gap: 20, acceptedGap: 10 });
  });
});

describe('what a schedule accepts', () => {
  it('is in the span once or every week, with whoever accepted it and why', () => {
    const written = { acceptedBy: 'sam', reason: 'Nobody works then.', everyWeek: true };
    const acceptedGaps = [{ ...written, from: '1969-12-18T00:10', to: '1969-12-18T00:20' }];
    expect(acceptedIn({ zone: 'UTC', acceptedGaps }, minutes(0, 100))).toEqual([
      { ...minutes(10, 20), by: 'sam', reason: 'Nobody works then.', everyWeek: true },
    ]);
  });
});
