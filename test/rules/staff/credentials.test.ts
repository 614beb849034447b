import { describe, expect, it } from '@jest/globals';
import { daysLeft, isDay, validUntil } from '../../../src/staff/rules/credentials.js';

describe('a credential', () => {
  it.each([
    ['America/New_York', '2027-03-31', '2027-04-01T04:00:00.000Z'],
    ['America/Phoenix', '2027-03-31', '2027-04-01T07:00:00.000Z'],
    ['Asia/Kathmandu', '2028-02-29', '2028-02-29T18:15:00.000Z'],
    // The day after has no midnight: its clocks jump from there to one o'clock.
    ['Africa/Cairo', '2026-04-23', '2026-04-23T22:00:00.000Z'],
    // Midnight comes twice; the day is over with the first.
    ['America/Havana', '2026-10-31', '2026-11-01T04:00:00.000Z'],
    ['UTC', '2026-12-31', '2027-01-01T00:00:00.000Z'],
  ])('is valid through the end of its last day in %s', (zone, expires, until) => {
    expect(validUntil({ expires }, zone).toISOString()).toBe(until);
  });

  it.each([
    ['2027-01-30', 60],
    ['2026-12-01', 0],
    ['2026-11-30', -1],
  ])('that expires on %s has %i days left', (expires, days) => {
    const lateOnDecemberFirst = new Date('2026-12-02T03:00:00Z');
    expect(daysLeft({ expires }, 'America/New_York', lateOnDecemberFirst)).toBe(days);
  });

  it.each(['2027-02-29', '2027-13-01', '31.03.2027', '2027-3-1', '', '2027-03-31T00:00:00Z'])(
    'has no day such as %j',
    (text) => expect(isDay(text)).toBe(false),
  );

  it('may end on the last day of February', () => {
    expect(isDay('2028-02-29')).toBe(true);
  });
});
