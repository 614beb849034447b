import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { isZone } from '../../../programs/rules/zone.js';
import type { Interval } from '../schedule.js';
import { union } from '../time/intervals.js';

/** The span in milliseconds since 1970, half-open. */
export interface CalendarAsked extends Interval {
  /** An iCalendar file, as somebody else wrote it. */
  text: string;
  /** IANA zone in which days and times without a zone of their own are meant. */
  zone: string;
}

const occurrencesMax = 2_000;
/** Of all repeating events together, also those before the span. */
const stepsMax = 20_000;

interface Times {
  startDate: ICAL.Time;
  endDate: ICAL.Time;
}

interface Walk extends CalendarAsked {
  steps: number;
  readonly found: Interval[];
  /** By the names that events call their zones. */
  readonly zones: Map<string, string>;
}

/**
 * When whoever keeps this calendar has something else to do, within the span, as a union. Null: it
 * is no calendar. Some rules never end and never come to anything: give it a thread of its own.
 */
export function busyTimesIn(asked: CalendarAsked): Interval[] | null {
  const calendars = calendarsIn(asked.text);
  if (calendars === null) return null;
  const walk: Walk = { ...asked, steps: 0, found: [], zones: new Map() };
  for (const events of calendars.flatMap(eventsByUid)) {
    try {
      walkEvents(walk, events);
    } catch {
      // Safe: an event that cannot be read is left out, as if it were not there; others are kept.
    }
  }
  return union(walk.found);
}

function calendarsIn(text: string): ICAL.Component[] | null {
  try {
    const parsed = ICAL.parse(text) as unknown[];
    const roots = typeof parsed[0] === 'string' ? [parsed] : (parsed as unknown[][]);
    if (roots.length === 0 || roots.some(([name]) => name !== 'vcalendar')) return null;
    return roots.map((root) => new ICAL.Component(root));
  } catch {
    // Safe: whatever the library stumbles over is no calendar; the caller says so.
    return null;
  }
}

/** A repeating event together with its changed occurrences. */
function eventsByUid(calendar: ICAL.Component): ICAL.Component[][] {
  const groups = new Map<unknown, ICAL.Component[]>();
  for (const event of calendar.getAllSubcomponents('vevent')) {
    const uid = event.getFirstPropertyValue('uid') ?? event;
    const group = groups.get(uid);
    if (group) group.push(event);
    else groups.set(uid, [event]);
  }
  return [...groups.values()];
}

const isChanged = (event: ICAL.Component): boolean => event.hasProperty('recurrence-id');

function walkEvents(walk: Walk, events: readonly ICAL.Component[]): void {
  const exceptions = events.filter(isChanged);
  for (const one of exceptions) note(walk, new ICAL.Event(one, { exceptions: [] }));
  for (const one of events.filter((other) => !isChanged(other))) {
    const event = new ICAL.Event(one, { exceptions: [...exceptions] });
    if (event.isRecurring()) walkOccurrences(walk, event, exceptions);
    else note(walk, event);
  }
}

function walkOccurrences(
  walk: Walk,
  event: ICAL.Event,
  exceptions: readonly ICAL.Component[],
): void {
  const changed = new Set(
    exceptions.map((one) => String(one.getFirstPropertyValue('recurrence-id'))),
  );
  const occurrences = event.iterator();
  for (; walk.steps < stepsMax; walk.steps += 1) {
    const next = occurrences.next() as ICAL.Time | undefined;
    if (!next || instantOf(walk, next, zoneIdOf(event, 'dtstart')) >= walk.to) return;
    if (isAmong(changed, next)) continue;
    // The library's own types do not say what this is.
    const { item, ...when } = event.getOccurrenceDetails(next) as Times & { item: ICAL.Event };
    note(walk, item, when);
  }
}

/** Some name a changed occurrence by its time in UTC. */
function isAmong(changed: ReadonlySet<string>, next: ICAL.Time): boolean {
  if (changed.size === 0) return false;
  const inUtc = next.convertToZone(ICAL.Timezone.utcTimezone);
  return changed.has(String(next)) || changed.has(String(inUtc));
}

function note(walk: Walk, event: ICAL.Event, { startDate, endDate }: Times = event): void {
  if (walk.found.length >= occurrencesMax || !takesTime(event.component)) return;
  const startZone = zoneIdOf(event, 'dtstart');
  const from = Math.max(walk.from, instantOf(walk, startDate, startZone));
  const to = Math.min(walk.to, instantOf(walk, endDate, zoneIdOf(event, 'dtend') ?? startZone));
  if (from < to) walk.found.push({ from, to });
}

function takesTime(event: ICAL.Component): boolean {
  const [status, transparency] = ['status', 'transp'].map((name) =>
    String(event.getFirstPropertyValue(name)).toUpperCase(),
  );
  return status !== 'CANCELLED' && transparency !== 'TRANSPARENT';
}

function zoneIdOf(event: ICAL.Event, property: 'dtstart' | 'dtend'): string | undefined {
  return event.component.getFirstProperty(property)?.getFirstParameter('tzid');
}

/** By the zone the file describes, else by the one it names, else by that of the program. */
function instantOf(walk: Walk, time: ICAL.Time, zoneId: string | undefined): number {
  if (!time.isDate && time.zone !== ICAL.Timezone.localTimezone) return time.toUnixTime() * 1_000;
  const { year, month, day, hour, minute, second } = time;
  const shown = time.isDate
    ? Temporal.PlainDateTime.from({ year, month, day })
    : Temporal.PlainDateTime.from({ year, month, day, hour, minute, second });
  const zone = time.isDate || zoneId === undefined ? walk.zone : zoneNamed(walk, zoneId);
  return shown.toZonedDateTime(zone).epochMilliseconds;
}

function zoneNamed({ zones, zone }: Walk, zoneId: string): string {
  const known = zones.get(zoneId) ?? (isZone(zoneId) ? zoneId : zone);
  zones.set(zoneId, known);
  return known;
}
