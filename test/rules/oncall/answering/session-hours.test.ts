import { describe, expect, it } from '@jest/globals';
import { isInSession } from '../../../../src/oncall/rules/answering/session-hours.js';

const zone = 'America/New_York';
const evenings = [{ weekdays: [1, 3, 5], from: '18:00', to: '21:00' }];
const nights = [{ weekdays: [5], from: '22:00', to: '02:30' }];

describe('session hours', () => {
  it.each([
    ['before they begin', evenings, '2026-03-11T17:59:59.999-04:00', false],
    ['when they begin', evenings, '2026-03-11T18:00:00-04:00', true],
    ['in their last millisecond', evenings, '2026-03-11T20:59:59.999-04:00', true],
    ['when they end', evenings, '2026-03-11T21:00:00-04:00', false],
    ['on another day', evenings, '2026-03-10T19:00:00-04:00', false],
    ['in winter', evenings, '2026-01-05T18:00:00-05:00', true],
    ['on a Friday night', nights, '2026-03-13T23:00:00-04:00', true],
    ['after its midnight', nights, '2026-03-14T02:29:00-04:00', true],
    ['at its end', nights, '2026-03-14T02:30:00-04:00', false],
    ['on the evening after', nights, '2026-03-14T23:00:00-04:00', false],
    ['on the morning of that Friday', nights, '2026-03-13T01:00:00-04:00', false],
    ['in a night over Sunday', [{ ...nights[0]!, weekdays: [7] }], '2026-03-16T01:00-04:00', true],
    ['with several, in the second', [...evenings, ...nights], '2026-03-13T22:00-04:00', true],
    ['where there are none', [], '2026-03-11T19:00:00-04:00', false],
  ])('%s', (_when, hours, at, expected) => {
    expect(isInSession(new Date(at), zone, hours)).toBe(expected);
  });

  it('hold in both of the hours that the clocks show twice', () => {
    const hours = [{ weekdays: [7], from: '01:00', to: '02:00' }];
    const shown = ['2025-11-02T05:30:00Z', '2025-11-02T06:30:00Z', '2025-11-02T07:00:00Z'];
    expect(shown.map((at) => isInSession(new Date(at), zone, hours))).toEqual([true, true, false]);
  });
});
