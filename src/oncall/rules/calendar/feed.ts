import ICAL from 'ical.js';
import type { Interval } from '../schedule.js';
import { firstAt, lastAt, localTime } from '../time/wall-clock.js';
import { type Observance, observances } from './time-zone.js';

/** One shift as a calendar shows it; times in milliseconds since 1970, half-open. */
export interface FeedEvent extends Interval {
  /** The same each time the same shift is shown. */
  uid: string;
  /** IANA zone in which the shift is shown. */
  zone: string;
  summary: string;
}

type Property = [name: string, parameters: Record<string, string>, type: string, value: string];
type Component = [name: string, properties: Property[], components: Component[]];

const secondMs = 1_000;
const refreshEvery = 'PT1H';
// The library does not count the blank before a continued line, which may hold 75 octets with it.
ICAL.foldLength = 74;

/** The text of an iCalendar file (RFC 5545), lines ended by CRLF. */
export function calendarText(name: string, events: readonly FeedEvent[], now: Date): string {
  const [stamp, write] = [inUtc(Math.floor(now.getTime() / secondMs) * secondMs), writer()];
  const calendar: Component = [
    'vcalendar',
    [
      ['version', {}, 'text', '2.0'],
      ['prodid', {}, 'text', '-//Handrail//On call//EN'],
      ['calscale', {}, 'text', 'GREGORIAN'],
      ['method', {}, 'text', 'PUBLISH'],
      ['x-wr-calname', {}, 'unknown', escaped(onOneLine(name))],
      ['refresh-interval', {}, 'duration', refreshEvery],
      ['x-published-ttl', {}, 'unknown', refreshEvery],
    ],
    [...zonesOf(events), ...events.map((event) => eventComponent(event, stamp, write))],
  ];
  return ICAL.stringify(calendar);
}

/** As a calendar writes a moment. */
interface Written {
  parameters: Record<string, string>;
  value: string;
}

function eventComponent(
  { uid, from, to, zone, summary }: FeedEvent,
  stamp: string,
  write: (instant: number, zone: string) => Written,
): Component {
  const start = write(Math.floor(from / secondMs) * secondMs, zone);
  const end = write(Math.ceil(to / secondMs) * secondMs, zone);
  const properties: Property[] = [
    ['uid', {}, 'text', uid],
    ['dtstamp', {}, 'date-time', stamp],
    ['dtstart', start.parameters, 'date-time', start.value],
    ['dtend', end.parameters, 'date-time', end.value],
    ['summary', {}, 'text', onOneLine(summary)],
    // Being on call leaves time for other things.
    ['transp', {}, 'text', 'TRANSPARENT'],
  ];
  return ['vevent', properties, []];
}

/** Each moment is worked out once: a shift often begins where another one ends. */
function writer(): (instant: number, zone: string) => Written {
  const known = new Map<string, Written>();
  return (instant, zone) => {
    const key = `${instant} ${zone}`;
    const written = known.get(key) ?? writtenAt(instant, zone);
    known.set(key, written);
    return written;
  };
}

/** Calendars disagree which of two equal local times is meant: such a time is written in UTC. */
function writtenAt(instant: number, zone: string): Written {
  const shown = localTime(zone, instant);
  if (firstAt(zone, shown) !== lastAt(zone, shown))
    return { parameters: {}, value: inUtc(instant) };
  return { parameters: { tzid: zone }, value: shown.toString({ smallestUnit: 'second' }) };
}

const inUtc = (instant: number): string => new Date(instant).toISOString().replace('.000', '');

function zonesOf(events: readonly FeedEvent[]): Component[] {
  const spans = new Map<string, Interval>();
  for (const { zone, from, to } of events) {
    const span = spans.get(zone) ?? { from, to };
    spans.set(zone, { from: Math.min(span.from, from), to: Math.max(span.to, to) });
  }
  return [...spans].map(([zone, { from, to }]) => [
    'vtimezone',
    [['tzid', {}, 'text', zone]],
    observances(zone, from, to).map(observanceComponent),
  ]);
}

function observanceComponent({ kind, startsAt, offsetFrom, offsetTo }: Observance): Component {
  const properties: Property[] = [
    ['dtstart', {}, 'date-time', startsAt.toString({ smallestUnit: 'second' })],
    ['tzoffsetfrom', {}, 'utc-offset', offset(offsetFrom)],
    ['tzoffsetto', {}, 'utc-offset', offset(offsetTo)],
  ];
  return [kind, properties, []];
}

/** As `-04:00`. */
function offset(seconds: number): string {
  const minutes = Math.abs(Math.trunc(seconds / 60));
  const [hour, minute] = [Math.trunc(minutes / 60), minutes % 60];
  return `${seconds < 0 ? '-' : '+'}${twoDigits(hour)}:${twoDigits(minute)}`;
}

const twoDigits = (count: number): string => String(count).padStart(2, '0');

/** Control characters have no place in a calendar file. */
const onOneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');
const escaped = (text: string): string => text.replaceAll(/[\\;,]/g, String.raw`\$&`);
