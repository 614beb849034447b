import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { calendarText, type FeedEvent } from '../../../../src/oncall/rules/calendar/feed.js';
import { observances } from '../../../../src/oncall/rules/calendar/time-zone.js';

const now = new Date('2026-06-01T12:00:00Z');
const at = (text: string): number => Date.parse(text);
const anEvent = (change: Partial<FeedEvent> = {}): FeedEvent => ({
  uid: 'one@handrail',
  from: at('2026-06-01T13:00:00Z'),
  to: at('2026-06-02T13:00:00Z'),
  zone: 'America/New_York',
  summary: 'Primary',
  ...change,
});
const textOf = (...events: FeedEvent[]): string => calendarText('Primary', events, now);

/** As another program reads it. */
function readBack(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, startDate, endDate, summary } = new ICAL.Event(component);
    const [from, to] = [startDate, endDate].map((time) => time.toUnixTime() * 1_000);
    return { uid, from, to, summary };
  });
}

const plain = ({ uid, from, to, summary }: FeedEvent) => ({ uid, from, to, summary });
const zones = [
  'America/New_York',
  'America/Chicago',
  'America/Phoenix',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Mexico_City',
  'America/Havana',
  'Europe/London',
  'Europe/Dublin',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Asia/Amman',
  'Pacific/Apia',
  'UTC',
];

describe('a calendar of shifts', () => {
  it('is what the standard says, line by line', () => {
    const text = textOf(anEvent());
    expect(text.split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Handrail//On call//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:Primary',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      'BEGIN:VTIMEZONE',
      'TZID:America/New_York',
      'BEGIN:DAYLIGHT',
      'DTSTART:20260308T020000',
      'TZOFFSETFROM:-0500',
      'TZOFFSETTO:-0400',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      'UID:one@handrail',
      'DTSTAMP:20260601T120000Z',
      'DTSTART;TZID=America/New_York:20260601T090000',
      'DTEND;TZID=America/New_York:20260602T090000',
      'SUMMARY:Primary',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('is a calendar without shifts too', () => {
    expect(readBack(textOf())).toEqual([]);
  });

  it('writes both of two equal local times in UTC, since calendars differ about them', () => {
    const first = anEvent({ from: at('2026-11-01T05:30:00Z'), to: at('2026-11-01T06:30:00Z') });
    const text = textOf(first);
    expect(text).toContain('DTSTART:20261101T053000Z\r\n');
    expect(text).toContain('DTEND:20261101T063000Z\r\n');
    expect(readBack(text)).toEqual([plain(first)]);
  });

  it('never shortens a shift that does not begin and end on a second', () => {
    const [event] = readBack(
      textOf(anEvent({ from: at('2026-06-01T13:00:00.400Z'), to: at('2026-06-01T14:00:00.001Z') })),
    );
    expect(event).toMatchObject({
      from: at('2026-06-01T13:00:00Z'),
      to: at('2026-06-01T14:00:01Z'),
    });
  });

  it.each(['x', 'ü', '日', '👩🏽‍⚕️', 'a,'])('keeps every line within 75 octets: %s', (letter) => {
    for (const length of [1, 40, 70, 80, 200]) {
      const name = letter.repeat(length);
      const text = calendarText(name, [anEvent({ summary: name })], now);
      const lengths = text.split('\r\n').map((line) => Buffer.byteLength(line));
      expect(Math.max(...lengths)).toBeLessThanOrEqual(75);
      expect(readBack(text)).toEqual([plain(anEvent({ summary: name }))]);
    }
  });

  it('gives any name back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        const text = calendarText(name, [anEvent({ summary: name })], now);
        expect(text.replaceAll('\r\n', '')).not.toMatch(/\p{Cc}/u);
        expect(readBack(text)).toEqual([plain(anEvent({ summary: name }))]);
      }),
    );
  });

  it('lets no name begin a line of its own', () => {
    const name = 'Primary\r\nBEGIN:VEVENT\nEND:VCALENDAR; a, b\\n\u0000';
    const text = calendarText(name, [anEvent({ summary: name })], now);
    expect(text.split('\r\n').filter((line) => line.startsWith('BEGIN:VEVENT'))).toHaveLength(1);
    expect(readBack(text)[0]?.summary).toBe('Primary BEGIN:VEVENT END:VCALENDAR; a, b\\n ');
    expect(text.replaceAll('\r\n ', '')).toContain(
      String.raw`X-WR-CALNAME:Primary BEGIN:VEVENT END:VCALENDAR\; a\, b\\n `,
    );
  });

  it('gives the same moments back in every zone, of every shift', () => {
    const anySecond = fc.integer({
      min: at('2016-01-01T00:00:00Z') / 1_000,
      max: at('2031-01-01T00:00:00Z') / 1_000,
    });
    const anyShift = fc
      .record({
        zone: fc.constantFrom(...zones),
        start: anySecond,
        // Often a whole hour, so that ends fall on the changes themselves.
        length: fc.oneof(
          fc.integer({ min: 1, max: 40 * 86_400 }),
          fc.integer({ min: 1, max: 2_000 }).map((half) => half * 1_800),
        ),
        isWhole: fc.boolean(),
      })
      .map(({ zone, start, length, isWhole }, uid = String(start)) => {
        const from = (isWhole ? start - (start % 1_800) : start) * 1_000;
        return anEvent({ uid, zone, from, to: from + length * 1_000 });
      });
    fc.assert(
      fc.property(fc.array(anyShift, { minLength: 1, maxLength: 4 }), (events) => {
        expect(readBack(textOf(...events))).toEqual(events.map(plain));
      }),
      { numRuns: 300 },
    );
  });

  it.each(zones)('gives every half hour round all changes of three years back in %s', (zone) => {
    const halfHourMs = 1_800_000;
    for (const year of [2019, 2022, 2026]) {
      const events = changesIn(zone, year).flatMap((change) =>
        Array.from({ length: 20 }, (_, place) => {
          const from = change + (place - 10) * halfHourMs;
          return anEvent({ uid: String(from), zone, from, to: from + halfHourMs });
        }),
      );
      expect(readBack(textOf(...events))).toEqual(events.map(plain));
    }
  });
});

function changesIn(zone: string, year: number): number[] {
  const [start, end] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
  return observances(zone, start, end)
    .slice(1)
    .map(({ startsAt, offsetFrom }) => Date.parse(`${startsAt.toString()}Z`) - offsetFrom * 1_000);
}
