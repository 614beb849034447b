import { describe, expect, it } from '@jest/globals';
import { unanswered } from '../../../../src/oncall/rules/coverage.js';
import type { Member } from '../../../../src/staff/rules/member.js';
import { aMember, aSegment, at, minutes } from './builders.js';

const members = (...all: Member[]) => new Map(all.map((one) => [one.id, one]));
const day = aSegment(0, 60, ['maya']);

describe('nobody on call could be paged', () => {
  it.each<[string, Member[]]>([
    ['who is somebody else', [aMember('kim')]],
    ['without a way to reach them', [aMember('maya', { reachable: false })]],
    ['with one that failed its last test', [aMember('maya', { passedTest: false })]],
    ['who is disabled', [aMember('maya', { disabled: true })]],
    ['in no role for cases', [aMember('maya', { roles: ['admin'] })]],
  ])('%s', (_who, people) => {
    expect(unanswered([day], members(...people))).toEqual([minutes(0, 60)]);
  });

  it('where nobody is on call at all', () => {
    const segments = [day, aSegment(60, 90, [])];
    expect(unanswered(segments, members(aMember('maya')))).toEqual([minutes(60, 90)]);
  });

  it('from when the last credential ends, to the millisecond', () => {
    const credentials = [
      { until: at(20), states: [] },
      { until: at(40), states: [] },
    ];
    const licensed = members(aMember('maya', { credentials }));
    expect(unanswered([day], licensed)).toEqual([minutes(40, 60)]);
  });

  it('never where nothing is asked about', () => {
    expect(unanswered([], members(aMember('maya')))).toEqual([]);
  });

  it('unless somebody beside them could', () => {
    const both = aSegment(0, 60, ['maya', 'kim']);
    const people = members(aMember('maya', { reachable: false }), aMember('kim'));
    expect(unanswered([both], people)).toEqual([]);
  });
});
