import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gaps, resolve, shifts } from '../../../../src/oncall/rules/resolve.js';
import { timeline } from '../../../../src/oncall/rules/timeline.js';
import { scheduleSchema } from '../../../../src/oncall/rules/schedule-schema.js';
import { anyNight, type Night } from './any-schedule.js';

const nights = fc.sample(anyNight, { numRuns: 300, seed: 3 });

const kinds: Record<string, (night: Night) => boolean> = {
  'a change of the clock': ({ isAroundChange }) => isAroundChange,
  'a gap': ({ schedule, span }) => gaps(schedule, span.from, span.to).length > 0,
  'a layer that hides another': ({ schedule, span }) =>
    new Set(timeline(schedule, span).flatMap(layersIn)).size > 1,
  'a hand-off that overlaps': ({ schedule, span }) =>
    timeline({ ...schedule, overrides: [] }, span).some(
      ({ people }) => new Set(people.map(({ why }) => 'turn' in why && why.turn)).size > 1,
    ),
  'closed days that are skipped': ({ schedule }) =>
    schedule.layers.some(({ turns, windows, days }) => turns?.skipClosedDays && (windows ?? days)),
  'a fixed stretch': ({ schedule, span }) =>
    shifts(schedule, span.from, span.to).some(({ why }) => why.kind === 'fixed'),
  'an override with an effect': ({ schedule, span }) =>
    shifts(schedule, span.from, span.to).some(({ why }) => why.kind === 'override'),
  'a swap with an effect': ({ schedule, span }) =>
    shifts(schedule, span.from, span.to).some(({ why }) => why.kind === 'swap'),
  'a holiday that changes who is on call': ({ schedule, span: { from } }) =>
    schedule.holidays.some(({ date }) => {
      const noon = Date.parse(`${date}T12:00Z`);
      const without = resolve({ ...schedule, holidays: [] }, noon);
      return noon > from && JSON.stringify(resolve(schedule, noon)) !== JSON.stringify(without);
    }),
  'every unit of turns': ({ schedule }) =>
    new Set(schedule.layers.map(({ turns }) => turns?.every)).size > 2,
};

const layersIn = ({ people }: ReturnType<typeof timeline>[number]) =>
  people.flatMap(({ why }) => (why.kind === 'layer' ? [why.name] : []));

describe('the schedules that the properties are tried with', () => {
  it.each(Object.entries(kinds))('have %s often enough', (_, isOfKind) => {
    const share = nights.filter((night) => isOfKind(night)).length / nights.length;
    expect(share).toBeGreaterThan(0.03);
  });

  it('could have been written by an operator', () => {
    const problems = nights.map(({ schedule: { zone, layers, fixed, holidays } }) => {
      const { error } = scheduleSchema.safeParse({ zone, layers, fixed, holidays });
      return error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    });
    expect(problems.filter(Boolean)).toEqual([]);
  });
});
