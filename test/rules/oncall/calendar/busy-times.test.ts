import { describe, expect, it } from '@jest/globals';
import { busyTimesIn } from '../../../../src/oncall/rules/calendar/busy-times.js';

const from = Date.parse('2026-06-01T12:00:00Z');
const to = Date.parse('2026-07-31T12:00:00Z');

const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]): string[] => [
  'BEGIN:VEVENT',
  'UID:one',
  'DTSTAMP:20260101T000000Z',
  ...lines,
  'END:VEVENT',
];

/** In New York, as `06-01 12:00 – 06-01 13:00` in UTC. */
function busy(text: string): string[] | null {
  const times = busyTimesIn({ text, zone: 'America/New_York', from, to });
  const short = (instant: number): string =>
    new Date(instant).toISOString().slice(5, 16).replace('T', ' ');
  return times && times.map((time) => `${short(time.from)} – ${short(time.to)}`);
}

/** What Outlook calls its zones by, with rules of its own: five hours behind, four in summer. */
const described = [
  'BEGIN:VTIMEZONE',
  'TZID:Office Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T020000',
  'RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11',
  'TZOFFSETFROM:-0400',
  'TZOFFSETTO:-0500',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3',
  'TZOFFSETFROM:-0500',
  'TZOFFSETTO:-0400',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

describe('the busy times of a calendar', () => {
  it.each<[what: string, lines: string[], expected: string[]]>([
    [
      'in UTC',
      ['DTSTART:20260602T130000Z', 'DTEND:20260602T140000Z'],
      ['06-02 13:00 – 06-02 14:00'],
    ],
    [
      'with a duration',
      ['DTSTART:20260602T130000Z', 'DURATION:PT90M'],
      ['06-02 13:00 – 06-02 14:30'],
    ],
    [
      'without a zone, in that of the program',
      ['DTSTART:20260602T090000', 'DTEND:20260602T100000'],
      ['06-02 13:00 – 06-02 14:00'],
    ],
    [
      'in a zone that is only named',
      ['DTSTART;TZID=Europe/London:20260602T090000', 'DTEND;TZID=Europe/London:20260602T100000'],
      ['06-02 08:00 – 06-02 09:00'],
    ],
    [
      'from one zone to another',
      ['DTSTART;TZID=Europe/London:20260602T090000', 'DTEND;TZID=Asia/Kathmandu:20260602T164500'],
      ['06-02 08:00 – 06-02 11:00'],
    ],
    [
      'in a zone that nobody knows, in that of the program',
      ['DTSTART;TZID=Nowhere:20260602T090000', 'DTEND;TZID=Nowhere:20260602T100000'],
      ['06-02 13:00 – 06-02 14:00'],
    ],
    ['a whole day, there', ['DTSTART;VALUE=DATE:20260602'], ['06-02 04:00 – 06-03 04:00']],
    [
      'whole days, there',
      ['DTSTART;VALUE=DATE:20260602', 'DTEND;VALUE=DATE:20260605'],
      ['06-02 04:00 – 06-05 04:00'],
    ],
    ['without an end', ['DTSTART:20260602T130000Z'], []],
    ['that ends before it begins', ['DTSTART:20260602T130000Z', 'DTEND:20260602T120000Z'], []],
    ['that is over', ['DTSTART:20260601T100000Z', 'DTEND:20260601T120000Z'], []],
    ['that is far ahead', ['DTSTART:20260731T120000Z', 'DTEND:20260731T130000Z'], []],
    [
      'that goes on from before until after',
      ['DTSTART:20260101T000000Z', 'DTEND:20270101T000000Z'],
      ['06-01 12:00 – 07-31 12:00'],
    ],
    ['marked as free', ['DTSTART:20260602T130000Z', 'DURATION:PT1H', 'TRANSP:TRANSPARENT'], []],
    ['that is canceled', ['DTSTART:20260602T130000Z', 'DURATION:PT1H', 'STATUS:cancelled'], []],
    [
      'that is not certain',
      ['DTSTART:20260602T130000Z', 'DURATION:PT1H', 'STATUS:TENTATIVE', 'TRANSP:OPAQUE'],
      ['06-02 13:00 – 06-02 14:00'],
    ],
  ])('hold an event %s', (_what, lines, expected) => {
    expect(busy(calendar(...event(...lines)))).toEqual(expected);
  });

  it('follow the rules of a zone that the calendar describes itself, in summer and winter', () => {
    const text = calendar(
      ...described,
      ...event('DTSTART;TZID=Office Time:20260602T090000', 'DURATION:PT1H'),
    );
    expect(busy(text)).toEqual(['06-02 13:00 – 06-02 14:00']);
    const winter = { zone: 'UTC', from: Date.UTC(2026, 11, 1), to: Date.UTC(2027, 0, 1) };
    const inWinter = text.replaceAll('20260602T', '20261202T');
    expect(busyTimesIn({ text: inWinter, ...winter })?.[0]?.from).toBe(Date.UTC(2026, 11, 2, 14));
  });

  it('become one where they touch or overlap', () => {
    const text = calendar(
      ...event('DTSTART:20260602T140000Z', 'DURATION:PT1H'),
      ...event('DTSTART:20260602T130000Z', 'DURATION:PT1H').toSpliced(1, 1, 'UID:two'),
      ...event('DTSTART:20260602T143000Z', 'DURATION:PT15M').toSpliced(1, 1, 'UID:three'),
      ...event('DTSTART:20260602T150100Z', 'DURATION:PT1H').toSpliced(1, 1, 'UID:four'),
    );
    expect(busy(text)).toEqual(['06-02 13:00 – 06-02 15:00', '06-02 15:01 – 06-02 16:01']);
  });

  it('hold every occurrence of what repeats, but those left out, moved or canceled', () => {
    const weekly = [
      ...event(
        'DTSTART;TZID=America/New_York:20240603T090000',
        'DTEND;TZID=America/New_York:20240603T100000',
        'RRULE:FREQ=WEEKLY;BYDAY=MO',
        'EXDATE;TZID=America/New_York:20260615T090000',
        'RDATE;TZID=America/New_York:20260617T110000',
      ),
      ...event(
        'RECURRENCE-ID;TZID=America/New_York:20260622T090000',
        'DTSTART;TZID=America/New_York:20260623T090000',
        'DTEND;TZID=America/New_York:20260623T120000',
      ),
      ...event(
        'RECURRENCE-ID;TZID=America/New_York:20260629T090000',
        'DTSTART;TZID=America/New_York:20260629T090000',
        'DTEND;TZID=America/New_York:20260629T100000',
        'STATUS:CANCELLED',
      ),
      // From beyond the end into the span.
      ...event(
        'RECURRENCE-ID;TZID=America/New_York:20260803T090000',
        'DTSTART;TZID=America/New_York:20260730T090000',
        'DTEND;TZID=America/New_York:20260730T100000',
      ),
    ];
    expect(busy(calendar(...weekly))).toEqual([
      '06-01 13:00 – 06-01 14:00',
      '06-08 13:00 – 06-08 14:00',
      '06-17 15:00 – 06-17 16:00',
      '06-23 13:00 – 06-23 16:00',
      '07-06 13:00 – 07-06 14:00',
      '07-13 13:00 – 07-13 14:00',
      '07-20 13:00 – 07-20 14:00',
      '07-27 13:00 – 07-27 14:00',
      '07-30 13:00 – 07-30 14:00',
    ]);
  });

  it('keep the local time of what repeats in a described zone', () => {
    const text = calendar(
      ...described,
      ...event('DTSTART;TZID=Office Time:20260105T090000', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY'),
    );
    expect(busy(text)).toEqual(['06-05 13:00 – 06-05 14:00', '07-05 13:00 – 07-05 14:00']);
  });

  it('are at most 2,000 occurrences, of rules that never end too', () => {
    const endless = event('DTSTART:20260601T120000Z', 'DURATION:PT1S', 'RRULE:FREQ=MINUTELY');
    const times = busyTimesIn({ text: calendar(...endless), zone: 'UTC', from, to });
    expect(times).toHaveLength(2_000);
    const old = event('DTSTART:20200101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY');
    expect(busyTimesIn({ text: calendar(...old), zone: 'UTC', from, to })).toEqual([]);
  });

  it('hold every event that has no name of its own', () => {
    const unnamed = (start: string) =>
      event(`DTSTART:${start}`, 'DURATION:PT1H').filter((line) => line !== 'UID:one');
    const both = calendar(...unnamed('20260602T130000Z'), ...unnamed('20260603T130000Z'));
    expect(busy(both)).toEqual(['06-02 13:00 – 06-02 14:00', '06-03 13:00 – 06-03 14:00']);
  });

  it('leave out an event that cannot be read, and keep the others', () => {
    const good = event('DTSTART:20260602T130000Z', 'DURATION:PT1H');
    const bad = [
      ['DTSTART:not-a-time', 'DURATION:PT1H'],
      ['DTSTART:20260602T130000Z', 'DTEND:nonsense'],
      ['DTSTART:20260602T130000Z', 'DURATION:PT1H', 'RDATE;VALUE=PERIOD:x/y'],
      ['SUMMARY:no start at all'],
    ].map((lines, place) => event(...lines).toSpliced(1, 1, `UID:bad-${place}`));
    expect(busy(calendar(...bad.flat(), ...good))).toEqual(['06-02 13:00 – 06-02 14:00']);
  });

  it('are none in an empty calendar, and those of all when there are several', () => {
    expect(busy(calendar())).toEqual([]);
    const one = calendar(...event('DTSTART:20260602T130000Z', 'DURATION:PT1H'));
    const two = calendar(...event('DTSTART:20260603T130000Z', 'DURATION:PT1H'));
    expect(busy(one + two)).toEqual(['06-02 13:00 – 06-02 14:00', '06-03 13:00 – 06-03 14:00']);
  });

  it.each([
    ['nothing', ''],
    ['a page', '<!doctype html><title>Sign in</title>'],
    ['words', 'no calendar here'],
    ['JSON', '{"a":[1]}'],
    ['a contact', 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:x\r\nEND:VCARD\r\n'],
    ['a rule that is none', calendar(...event('DTSTART:20260602T130000Z', 'RRULE:FREQ=SOMETIMES'))],
    ['half a calendar', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n'],
    ['an event by itself', event('DTSTART:20260602T130000Z').join('\r\n')],
  ])('are not to be had from %s', (_what, text) => {
    expect(busy(text)).toBeNull();
  });
});
