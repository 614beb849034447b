import { describe, expect, it } from '@jest/globals';
import { eventsOf, feedSpan } from '../../../../src/oncall/rules/calendar/shift-events.js';

const dayMs = 86_400_000;
const now = Date.parse('2026-06-15T10:00:00Z');
const span = feedSpan(now);
const shown = (...shifts: { member: string; from: number; to: number }[]) =>
  eventsOf({ id: 'schedule', zone: 'UTC', shifts }, span, (member) => `Primary: ${member}`);

const shift = (fromDays: number, toDays: number, member = 'ana') => ({
  member,
  from: now + fromDays * dayMs,
  to: now + toDays * dayMs,
});

describe('the shifts of a feed', () => {
  it('are those from 7 days back to 90 days ahead, none of them cut', () => {
    const shifts = [
      shift(-9, -7),
      shift(-8, -6, 'ben'),
      shift(0, 1, 'cleo'),
      shift(89, 99, 'dan'),
      shift(90, 91),
    ];
    expect(shown(...shifts)).toMatchObject([
      { summary: 'Primary: ben', from: now - 8 * dayMs, to: now - 6 * dayMs, zone: 'UTC' },
      { summary: 'Primary: cleo' },
      { summary: 'Primary: dan', to: now + 99 * dayMs },
    ]);
  });

  it('are looked for beyond that, on whole days', () => {
    expect([span.lookedFrom % dayMs, span.lookedTo % dayMs]).toEqual([0, 0]);
    expect(span.from - span.lookedFrom).toBeGreaterThanOrEqual(35 * dayMs);
    expect(span.lookedTo - span.to).toBeGreaterThan(34 * dayMs);
  });

  it('come once, the longer one, when two layers put somebody on call at once', () => {
    const events = shown(shift(1, 2), shift(1, 4), shift(1, 3), shift(1, 2, 'ben'));
    expect(events).toMatchObject([
      { summary: 'Primary: ana', to: now + 4 * dayMs },
      { summary: 'Primary: ben', to: now + 2 * dayMs },
    ]);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(2);
  });

  it('keep their names from day to day, also where their beginning is out of sight', () => {
    const later = feedSpan(now + dayMs);
    const namesIn = ({ lookedFrom, lookedTo, ...shownIn }: typeof span) =>
      eventsOf(
        {
          id: 'schedule',
          zone: 'UTC',
          shifts: [{ member: 'ana', from: lookedFrom, to: lookedTo }, shift(2, 3, 'ben')],
        },
        { lookedFrom, lookedTo, ...shownIn },
        () => '',
      ).map(({ uid }) => uid);
    expect(namesIn(later)).toEqual(namesIn(span));
    expect(namesIn(span)[0]).toBe('schedule.ana.before@handrail');
  });
});
