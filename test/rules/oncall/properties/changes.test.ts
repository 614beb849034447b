import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gaps, resolve } from '../../../../src/oncall/rules/resolve.js';
import type { Override, Schedule } from '../../../../src/oncall/rules/schedule.js';
import { timeline } from '../../../../src/oncall/rules/timeline.js';
import { anyNight, anyOverride, type Night } from './any-schedule.js';
import { probesOf } from './probes.js';

const numRuns = 150;

const anyOverriddenNight = anyNight.chain((night) =>
  anyOverride(night.center).map((override): [Night, Override] => [night, override]),
);

const namesAt = (schedule: Schedule, instant: number): string[] =>
  resolve(schedule, instant).map(({ member }) => member);

describe('an override', () => {
  it('changes who is on call as it says, in its time and nowhere else', () => {
    fc.assert(
      fc.property(anyOverriddenNight, ([night, override]) => {
        const { span } = night;
        const plain = { ...night.schedule, overrides: [] };
        const overridden = { ...plain, overrides: [override] };
        const probes = probesOf(timeline(overridden, span));
        expect(probes.map((one) => [one, namesAt(overridden, one).toSorted()])).toEqual(
          probes.map((one) => [one, expected(namesAt(plain, one), override, one)]),
        );
      }),
      { numRuns },
    );
  });

  it('leaves nothing behind when it is undone', () => {
    fc.assert(
      fc.property(anyOverriddenNight, ([{ schedule, span }, override]) => {
        const before = timeline(schedule, span);
        const applied = { ...schedule, overrides: [...schedule.overrides, override] };
        timeline(applied, span);
        const undone = applied.overrides.filter((one) => one !== override);
        expect(timeline({ ...applied, overrides: undone }, span)).toEqual(before);
      }),
      { numRuns },
    );
  });
});

function expected(planned: string[], override: Override, instant: number): string[] {
  const { kind, from, to, incoming, outgoing } = override;
  const applies = from <= instant && instant < to;
  const hasEffect = kind === 'add' || planned.includes(outgoing as string);
  if (!applies || !hasEffect) return planned.toSorted();
  const left = planned.filter((one) => one !== outgoing);
  return [...new Set(incoming === null ? left : [...left, incoming])].toSorted();
}

describe('a change of the schedule', () => {
  it('that adds a member opens no gap', () => {
    fc.assert(
      fc.property(anyNight, fc.nat(), ({ schedule, span }, place) => {
        // Somebody may be removed who was not on call before: that gap is the removal’s.
        const overrides = schedule.overrides.filter(({ kind }) => kind !== 'remove');
        const before: Schedule = { ...schedule, overrides };
        const layers = schedule.layers.map((layer, at) =>
          at === place % schedule.layers.length
            ? { ...layer, members: [...layer.members, 'somebody new'] }
            : layer,
        );
        expect(gaps({ ...before, layers }, span.from, span.to)).toEqual(
          gaps(before, span.from, span.to),
        );
      }),
      { numRuns },
    );
  });

  it('that adds a layer behind all others changes nothing while somebody is planned', () => {
    fc.assert(
      fc.property(anyNight, anyNight, ({ schedule, span }, other) => {
        const [behind] = other.schedule.layers.map((layer) => ({ ...layer, name: 'behind' }));
        const longer: Schedule = { ...schedule, layers: [...schedule.layers, behind!] };
        const planned = probesOf(timeline(longer, span)).filter(
          (one) => resolve({ ...schedule, overrides: [] }, one).length > 0,
        );
        expect(planned.map((one) => [one, resolve(longer, one)])).toEqual(
          planned.map((one) => [one, resolve(schedule, one)]),
        );
      }),
      { numRuns },
    );
  });
});
