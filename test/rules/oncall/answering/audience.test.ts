import { describe, expect, it } from '@jest/globals';
import { type Audience, isUnconditional } from '../../../../src/oncall/rules/answering/audience.js';

describe('an audience', () => {
  it.each<[string, Audience, boolean]>([
    ['the backstop', 'backstop', true],
    ['a schedule', { schedule: 'primary' }, true],
    ['a schedule for one need', { schedule: 'primary', when: { needs: ['medication'] } }, false],
    ['a role in session hours', { role: 'supervisor', when: { hours: 'session' } }, false],
    ['the own therapist', { relationship: 'primary_therapist' }, false],
  ])('that is %s is paged whatever is flagged, or not', (_, audience, isPaged) => {
    expect(isUnconditional(audience)).toBe(isPaged);
  });
});
