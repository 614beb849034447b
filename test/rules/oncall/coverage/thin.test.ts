import { describe, expect, it } from '@jest/globals';
import type { Choosing } from '../../../../src/oncall/rules/answering/audience.js';
import { aMember, aSegment, at, coverageIn, minutes } from './builders.js';

const people = [aMember('maya'), aMember('ben'), aMember('sam', { roles: ['supervisor'] })];
const primary = { primary: [aSegment(0, 100, ['maya'])] };

const thinWith = (audiences: Choosing['audiences'], members = people) =>
  coverageIn({ members, schedules: primary, policies: [[{ audiences }]] }).thin;

describe('a program has too few people', () => {
  it.each<[string, Choosing['audiences']]>([
    ['a schedule with one on call', [{ schedule: 'primary' }]],
    ['the same person twice', [{ schedule: 'primary' }, { person: 'maya' }]],
    ['a schedule that there is not beside one', [{ schedule: 'primary' }, { schedule: 'gone' }]],
    ['the backstop beside one', [{ schedule: 'primary' }, 'backstop']],
    [
      'a need beside one',
      [{ schedule: 'primary' }, { person: 'ben', when: { needs: ['medication'] } }],
    ],
    [
      'session hours beside one',
      [{ schedule: 'primary' }, { role: 'supervisor', when: { hours: 'session' } }],
    ],
    [
      'the own therapist beside one',
      [{ schedule: 'primary' }, { relationship: 'primary_therapist' }],
    ],
  ])('where all its steps name %s', (_what, audiences) => {
    expect(thinWith(audiences)).toEqual([{ ...minutes(0, 100), people: 1 }]);
  });

  it.each<[string, Choosing['audiences']]>([
    ['a second person', [{ schedule: 'primary' }, { person: 'ben' }]],
    ['a role that somebody else holds', [{ schedule: 'primary' }, { role: 'supervisor' }]],
  ])('not where they name %s', (_what, audiences) => {
    expect(thinWith(audiences)).toEqual([]);
  });

  it('counts the steps together, by the acuity that has the fewest', () => {
    const one: Choosing[] = [{ audiences: [{ schedule: 'primary' }] }];
    const two: Choosing[] = [...one, { audiences: [{ person: 'ben' }] }];
    const none: Choosing[] = [{ audiences: ['backstop'] }];
    const counted = (policies: Choosing[][]) =>
      coverageIn({ members: people, schedules: primary, policies }).thin.map((thin) => thin.people);

    expect(counted([two, two])).toEqual([]);
    expect(counted([two, one])).toEqual([1]);
    expect(counted([two, none])).toEqual([0]);
  });

  it('from when a credential expires, and while a phone is no good', () => {
    const ben = aMember('ben', { credentials: [{ until: at(30), states: [] }] });
    const audiences = [{ schedule: 'primary' }, { person: 'ben' }];

    expect(thinWith(audiences, [aMember('maya'), ben])).toEqual([
      { ...minutes(30, 100), people: 1 },
    ]);
    expect(
      thinWith(audiences, [aMember('maya', { passedTest: false }), ben]).map((one) => one.people),
    ).toEqual([1, 0]);
  });

  it('adds up the minutes', () => {
    const { minutes: sums } = coverageIn({ members: people, schedules: primary });
    expect(sums.thin).toBe(100);
  });
});
