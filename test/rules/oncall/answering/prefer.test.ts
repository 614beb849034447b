import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Preference, preferences } from '../../../../src/oncall/rules/answering/audience.js';
import { prefer } from '../../../../src/oncall/rules/answering/prefer.js';

/** Somebody, by what of the preferences they satisfy. */
type Candidate = readonly Preference[];

const choose = (candidates: readonly Candidate[], wanted: readonly Preference[] = preferences) =>
  prefer(candidates, wanted, (one, preference) => one.includes(preference));

const anyPreferences = fc.subarray([...preferences]);
const anyCandidates = fc.array(anyPreferences, { maxLength: 6 });

describe('preferences', () => {
  it.each<[given: string, candidates: Candidate[], chosen: number[], dropped: Preference[]]>([
    ['nothing when somebody satisfies them all', [[], [...preferences]], [1], []],
    [
      'the relationship first',
      [['gender', 'language', 'licenseState'], ['relationship']],
      [0],
      ['relationship'],
    ],
    [
      'then the gender',
      [
        ['relationship', 'gender'],
        ['language', 'licenseState'],
      ],
      [1],
      ['relationship', 'gender'],
    ],
    [
      'then the language',
      [['relationship', 'gender', 'language'], ['licenseState']],
      [1],
      ['relationship', 'gender', 'language'],
    ],
    [
      'the state of the license last, and then choose everybody',
      [['relationship', 'gender', 'language'], []],
      [0, 1],
      [...preferences],
    ],
  ])('give up %s', (_what, candidates, chosen, dropped) => {
    const result = choose(candidates);
    expect(result.chosen).toEqual(chosen.map((place) => candidates[place]));
    expect(result.dropped).toEqual(dropped);
  });

  it('that a step does not state are none', () => {
    expect(choose([[], ['gender']], ['language'])).toEqual({
      chosen: [[], ['gender']],
      dropped: ['language'],
    });
    expect(choose([[], ['gender']], [])).toEqual({ chosen: [[], ['gender']], dropped: [] });
  });

  it('give up nothing where there is nobody', () => {
    expect(choose([])).toEqual({ chosen: [], dropped: [] });
  });

  it('choose somebody whenever there is anybody, and only among them', () => {
    fc.assert(
      fc.property(anyCandidates, anyPreferences, (candidates, wanted) => {
        const { chosen } = choose(candidates, wanted);
        expect(chosen.length > 0).toBe(candidates.length > 0);
        expect(candidates.filter((one) => chosen.includes(one))).toEqual(chosen);
      }),
    );
  });

  it('are given up in one order, whatever the order in which they are stated', () => {
    fc.assert(
      fc.property(
        anyCandidates,
        anyPreferences.chain((some) => fc.shuffledSubarray(some, { minLength: some.length })),
        (candidates, wanted) => {
          const { chosen, dropped } = choose(candidates, wanted);
          const stated = preferences.filter((one) => wanted.includes(one));
          expect(dropped).toEqual(stated.slice(0, dropped.length));
          const kept = stated.slice(dropped.length);
          for (const one of chosen) expect(one).toEqual(expect.arrayContaining(kept));
        },
      ),
    );
  });

  it('are never given up more because there is one more to choose from', () => {
    fc.assert(
      fc.property(
        fc.array(anyPreferences, { minLength: 1, maxLength: 6 }),
        anyPreferences,
        anyPreferences,
        (candidates, another, wanted) => {
          const before = choose(candidates, wanted).dropped;
          const after = choose([...candidates, another], wanted).dropped;
          expect(after.length).toBeLessThanOrEqual(before.length);
        },
      ),
    );
  });
});
