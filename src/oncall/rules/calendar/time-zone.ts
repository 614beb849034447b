import { Temporal } from 'temporal-polyfill';

/** From `startsAt`, as clocks show it before the change, the offset is `offsetTo`; in seconds. */
export interface Observance {
  kind: 'standard' | 'daylight';
  startsAt: Temporal.PlainDateTime;
  offsetFrom: number;
  offsetTo: number;
}

/** A change that is not taken back within this time was no summer time. */
const summerMs = 400 * 86_400_000;
/** What was in force before is nobody's shift, and offsets then had odd seconds. */
const epoch = new Temporal.PlainDateTime(1970, 1, 1);
const nanosecondsPerSecond = 1e9;

/** Every offset in force between two instants, both included; in milliseconds since 1970. */
export function observances(zone: string, from: number, to: number): Observance[] {
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
  const before = start.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const found = [before === null || before.epochMilliseconds < 0 ? constant(start) : at(before)];
  for (let next = start.getTimeZoneTransition('next'); next !== null;) {
    if (next.epochMilliseconds > to) break;
    found.push(at(next));
    next = next.getTimeZoneTransition('next');
  }
  return found;
}

function constant(moment: Temporal.ZonedDateTime): Observance {
  const offset = secondsOf(moment);
  return { kind: 'standard', startsAt: epoch, offsetFrom: offset, offsetTo: offset };
}

function at(change: Temporal.ZonedDateTime): Observance {
  const offsetFrom = secondsOf(change.subtract({ milliseconds: 1 }));
  const offsetTo = secondsOf(change);
  const startsAt = change.toPlainDateTime().add({ seconds: offsetFrom - offsetTo });
  const back = offsetTo > offsetFrom ? change.getTimeZoneTransition('next') : null;
  const isSummer = back !== null && back.epochMilliseconds - change.epochMilliseconds < summerMs;
  return { kind: isSummer ? 'daylight' : 'standard', startsAt, offsetFrom, offsetTo };
}

const secondsOf = ({ offsetNanoseconds }: Temporal.ZonedDateTime): number =>
  offsetNanoseconds / nanosecondsPerSecond;
