import { describe, expect, it } from '@jest/globals';
import { quietUntil } from '../../../src/cases/rules/quiet.js';

const night = { from: '22:00', to: '07:00' };
const nap = { from: '13:00', to: '14:30' };

describe('quiet hours', () => {
  it.each([
    ['2026-01-10T21:59:59Z', null],
    ['2026-01-10T22:00:00Z', '2026-01-11T07:00:00Z'],
    ['2026-01-11T06:59:59Z', '2026-01-11T07:00:00Z'],
    ['2026-01-11T07:00:00Z', null],
  ])('over midnight: at %s until %s', (now, until) => {
    expect(quietUntil(new Date(now), 'UTC', night)).toEqual(until && new Date(until));
  });

  it.each([
    ['2026-01-10T12:59:59Z', null],
    ['2026-01-10T13:00:00Z', '2026-01-10T14:30:00Z'],
    ['2026-01-10T14:30:00Z', null],
  ])('within a day: at %s until %s', (now, until) => {
    expect(quietUntil(new Date(now), 'UTC', nap)).toEqual(until && new Date(until));
  });

  it('are those of the clock on the wall of the program', () => {
    const until = quietUntil(new Date('2026-07-11T03:30:00Z'), 'America/New_York', night);
    expect(until).toEqual(new Date('2026-07-11T11:00:00Z'));
  });

  it('are an hour shorter in the night that loses one', () => {
    const begins = new Date('2026-03-08T03:00:00Z');
    expect(quietUntil(begins, 'America/New_York', night)).toEqual(new Date('2026-03-08T11:00:00Z'));
  });

  it('that would end at a skipped time end with the jump', () => {
    const hours = { from: '22:00', to: '02:30' };
    const until = quietUntil(new Date('2026-03-08T06:00:00Z'), 'America/New_York', hours);
    expect(until).toEqual(new Date('2026-03-08T07:00:00Z'));
  });

  it('that end at a time shown twice end the first time', () => {
    const hours = { from: '22:00', to: '01:30' };
    const zone = 'America/New_York';
    const until = new Date('2026-11-01T05:30:00Z');
    expect(quietUntil(new Date('2026-11-01T05:00:00Z'), zone, hours)).toEqual(until);
    expect(quietUntil(new Date('2026-11-01T06:00:00Z'), zone, hours)).toBeNull();
  });
});
