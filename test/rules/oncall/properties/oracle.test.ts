import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { prepare } from '../../../../src/oncall/rules/resolve.js';
import { anyNight } from './any-schedule.js';
import { onCallByMinutes } from './by-minutes.js';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

const isNear = (date: string, center: number): boolean =>
  Math.abs(Date.parse(date) - center) < 40 * dayMs;

/** Layers with windows and turns, begun nearby: what can be read off a wall minute by minute. */
const anySimpleNight = anyNight
  .map(({ schedule, center }) => ({
    center,
    schedule: {
      ...schedule,
      fixed: [],
      holidays: [],
      overrides: [],
      layers: schedule.layers
        .map(({ name, members, turns, windows }) => ({ name, members, turns, windows }))
        .filter(
          ({ turns }) => !turns || (turns.every !== 'month' && isNear(turns.startsOn, center)),
        ),
    },
  }))
  .filter(({ schedule }) => schedule.layers.length > 0);

/** Clocks show 01:30 twice, and it is the hand-off: both are on call in between. */
const anOverlap = {
  center: Date.parse('2026-11-01T06:00:00Z'),
  schedule: {
    zone: 'America/New_York',
    fixed: [],
    holidays: [],
    overrides: [],
    layers: [
      {
        name: 'nights',
        members: ['ana', 'ben'],
        turns: {
          every: 'day' as const,
          interval: 1,
          handOff: { time: '01:30' },
          startsOn: '2026-10-28',
          peopleAtOnce: 1,
          skipClosedDays: false,
        },
        windows: undefined,
      },
    ],
  },
};

describe('the resolver', () => {
  it('agrees with whoever looks at the clock on the wall in every minute of three days', () => {
    let nights = 0;
    let withOverlap = 0;
    fc.assert(
      fc.property(anySimpleNight, ({ schedule, center }) => {
        const span = { from: center - 1.5 * dayMs, to: center + 1.5 * dayMs };
        const slow = onCallByMinutes(schedule, span);
        const prepared = prepare(schedule, span);
        const differing: string[] = [];
        for (let at = span.from; at < span.to; at += minuteMs) {
          const fromWall = (slow[(at - span.from) / minuteMs] as string[]).toSorted().join(' ');
          const people = prepared.resolve(at);
          const resolved = people
            .map(({ member }) => member)
            .toSorted()
            .join(' ');
          const minute = new Date(at).toISOString();
          if (resolved !== fromWall) differing.push(`${minute}: ${resolved}, not ${fromWall}`);
        }
        expect(differing.slice(0, 3)).toEqual([]);
        nights += 1;
        const overlaps = prepared.segments.some(
          ({ people }) => new Set(people.map(({ why }) => 'turn' in why && why.turn)).size > 1,
        );
        if (overlaps) withOverlap += 1;
      }),
      { numRuns: 40, examples: [[anOverlap]] },
    );
    expect(nights).toBeGreaterThan(20);
    expect(withOverlap).toBeGreaterThan(0);
  });
});
