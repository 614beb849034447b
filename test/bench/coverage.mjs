import { round } from './statistics.mjs';

const dayMs = 86_400_000;
const from = Date.parse('2027-03-01T05:00:00Z'); // The clocks change within.
const span = { from, to: from + 30 * dayMs };
const programsPerSecond = 20;
const zones = ['America/New_York', 'America/Chicago', 'America/Phoenix', 'Europe/London'];
const people = 'abcdefghijklmnop'.split('');

/** 30 days ahead for so many programs, each with three schedules, 16 people and ten overrides. */
export async function measureCoverage({ programs }) {
  const { coverageOf } = await import('../../dist/oncall/rules/coverage.js');
  const { timeline } = await import('../../dist/oncall/rules/timeline.js');
  const began = performance.now();
  for (let at = 0; at < programs; at += 1) coverageOf(aProgram(timeline, at));
  const value = round((performance.now() - began) / 1_000);
  const figure = `on call, coverage of 30 days for ${programs} programs`;
  return [{ figure, unit: 's', value, aim: { max: programs / programsPerSecond } }];
}

function aProgram(timeline, at) {
  const zone = zones[at % zones.length];
  const schedules = ['primary', 'backup', 'prescriber'].map((key, index) => ({
    id: key,
    key,
    segments: timeline(aSchedule(zone, at + index), span),
    accepted: [],
  }));
  const steps = schedules.map(({ key }) => ({ audiences: [{ schedule: key }] }));
  const policy = [...steps, { audiences: [{ role: 'supervisor' }] }];
  return {
    span,
    facts: { zone, sessionHours: [], members: new Map(people.map((id) => [id, aMember(id)])) },
    schedules,
    policies: [policy, policy, policy, [steps[0]]],
  };
}

/** One in four cannot be reached, so that there are gaps to tell. */
function aMember(id, index) {
  return {
    id,
    key: id,
    roles: index < 2 ? ['clinician', 'supervisor'] : ['clinician'],
    languages: ['en'],
    gender: null,
    credentials: [{ until: new Date(from + (index + 10) * dayMs), states: ['NY'] }],
    disabled: false,
    reachable: index % 4 !== 3,
    passedTest: true,
    excluded: false,
    relationships: [],
  };
}

/** Offices on weekdays, somebody else every night, and one who is there for the rest. */
function aSchedule(zone, seed) {
  const usual = { interval: 1, peopleAtOnce: 1, skipClosedDays: false, startsOn: '2024-01-01' };
  const named = (first, count) =>
    Array.from({ length: count }, (_, index) => people[(seed + first + index) % people.length]);
  return {
    zone,
    layers: [
      {
        name: 'office',
        members: named(0, 4),
        turns: { ...usual, every: 'week', handOff: { time: '08:00', weekday: 1 } },
        windows: [{ weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }],
      },
      {
        name: 'nights',
        members: named(4, 5),
        turns: { ...usual, every: 'day', skipClosedDays: true, handOff: { time: '18:00' } },
        windows: [{ weekdays: [1, 2, 3, 4], from: '18:00', to: '08:00' }],
      },
      {
        name: 'behind',
        members: named(9, 3),
        turns: { ...usual, every: 'month', handOff: { time: '08:00', day: 1 } },
      },
    ],
    fixed: [],
    holidays: [],
    overrides: Array.from({ length: 10 }, (_, at) => ({
      id: `override-${at}`,
      kind: 'replace',
      from: from + at * 3 * dayMs,
      to: from + at * 3 * dayMs + dayMs / 2,
      incoming: people[(seed + at) % people.length],
      outgoing: people[(seed + at + 5) % people.length],
      swapId: null,
    })),
  };
}
