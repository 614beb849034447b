import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';

export const hourMs = 3_600_000;

const zones = [
  'America/New_York',
  'America/Chicago',
  'Europe/London',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/Havana',
  // Gives its changes up in 2022.
  'America/Mexico_City',
  // Goes three hours forward and back.
  'Antarctica/Casey',
];
const zonesWithoutChanges = ['America/Phoenix', 'Asia/Kathmandu', 'UTC'];

const [first, last] = [Date.UTC(2020, 0, 1), Date.UTC(2033, 0, 1)];

/** Every change of the clock in a zone from 2020 to 2032. */
function changesIn(zone: string): number[] {
  const found: number[] = [];
  let here = Temporal.Instant.fromEpochMilliseconds(first).toZonedDateTimeISO(zone);
  for (;;) {
    const next = here.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= last) return found;
    found.push(next.epochMilliseconds);
    here = next;
  }
}

const changes = zones.map((zone) => ({ zone, moments: changesIn(zone) }));

/** A moment of some year in some zone: more often than not one at which its clocks change. */
export const anyCenter = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...changes)
      .chain(({ zone, moments }) =>
        fc.constantFrom(...moments).map((center) => ({ zone, center, isChange: true })),
      ),
  },
  fc.record({
    zone: fc.constantFrom(...zones, ...zonesWithoutChanges),
    center: fc.integer({ min: first, max: last }).map((ms) => ms - (ms % 60_000)),
    isChange: fc.constant(false),
  }),
);

/** `YYYY-MM-DDTHH:MM` by the clocks of a zone. */
export const localMoment = (zone: string, instant: number): string =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

export const localDate = (zone: string, instant: number): string =>
  localMoment(zone, instant).slice(0, 10);
