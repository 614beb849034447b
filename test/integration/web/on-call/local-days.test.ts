import { describe, expect, it } from '@jest/globals';
import { LocalTimes } from '../../../../src/oncall/local-times.service.js';
import { stripOf } from '../../../../src/web/on-call/simulation/week-strip.js';

const localTimes = new LocalTimes();
const hourMs = 3_600_000;

describe('the days of a week', () => {
  it.each([
    ['America/New_York', '2026-03-05T05:00:00Z', '2026-03-08', 60],
    ['America/New_York', '2026-10-29T04:00:00Z', '2026-11-01', -60],
    ['Europe/London', '2026-03-26T00:00:00Z', '2026-03-29', 60],
    ['Australia/Lord_Howe', '2026-10-01T00:00:00Z', '2026-10-04', 30],
    ['Africa/Cairo', '2026-04-20T22:00:00Z', '2026-04-24', 60],
    ['America/Havana', '2026-10-29T04:00:00Z', '2026-11-01', -60],
  ])('in %s from %s tell of the change on %s, and leave no hole', (zone, from, date, minutes) => {
    const days = localTimes.days(zone, Date.parse(from), 7);

    for (const [at, { to }] of days.slice(0, -1).entries()) expect(days[at + 1]!.from).toBe(to);
    const changes = days.flatMap((day) => (day.change ? [[day.date, day.change.minutes]] : []));
    expect(changes).toEqual([[date, minutes]]);
    const changed = days.find((day) => day.date === date)!;
    expect((changed.to - changed.from) / 60_000).toBe(24 * 60 - minutes);
  });

  it.each(['America/Phoenix', 'Asia/Kathmandu', 'UTC'])('in %s have no change', (zone) => {
    const days = localTimes.days(zone, Date.parse('2026-03-05T00:00:00Z'), 30);
    expect(days.filter(({ change }) => change !== null)).toEqual([]);
  });
});

describe('a stretch as it is typed', () => {
  it('begins the first time that clocks show it and ends the last time', () => {
    const zone = 'America/New_York';
    const ambiguous = '2026-11-01T01:30';
    expect(localTimes.beginning(zone, ambiguous).toISOString()).toBe('2026-11-01T05:30:00.000Z');
    expect(localTimes.end(zone, ambiguous).toISOString()).toBe('2026-11-01T06:30:00.000Z');
  });

  it('begins after the jump where clocks jump over it', () => {
    const moment = localTimes.beginning('America/New_York', '2026-03-08T02:30');
    expect(moment.toISOString()).toBe('2026-03-08T07:00:00.000Z');
  });
});

describe('the strip of a week', () => {
  const stripFrom = (from: string) => {
    const zone = 'America/New_York';
    const start = Date.parse(from);
    const days = localTimes.days(zone, start, 2);
    const week = Array.from({ length: 96 }, (_, at) => ({
      at: start + (at * hourMs) / 2,
      seconds: [at === 5 ? 600 : 60, null],
    }));
    return {
      first: stripOf(week, days, { zone, nth: 1 })[0]!,
      none: stripOf(week, days, { zone, nth: 2 }),
    };
  };

  it('leaves out the half hours that clocks skip', () => {
    const { cells } = stripFrom('2026-03-08T05:00:00Z').first;
    expect(cells.flatMap((cell, at) => (cell === null ? [at] : []))).toEqual([4, 5]);
  });

  it('shows the worse of the half hours that clocks repeat, and the worst of the day', () => {
    const { cells, worst } = stripFrom('2026-11-01T04:00:00Z').first;
    expect(cells[3]).toMatchObject({ seconds: 600 });
    expect(worst).toMatchObject({ seconds: 600 });
  });

  it('counts nobody as worse than any wait', () => {
    expect(stripFrom('2026-06-01T04:00:00Z').none[0]!.worst).toMatchObject({ seconds: null });
  });
});
