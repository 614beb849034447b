import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assessAcuity, type FlagSignals } from '../../../src/cases/rules/acuity.js';
import { acuities, pagePriority, type Acuity } from '../../../src/cases/rules/policy.js';
import { needs } from '../../../src/programs/rules/needs.js';

const lenient = { lowAcuityNeeds: ['coaching', 'medication'] as const };
const assess = (signals: FlagSignals) =>
  assessAcuity(signals, { lowAcuityNeeds: [...lenient.lowAcuityNeeds] });

const cssrs = (answers: unknown) => ({ instrument: 'C-SSRS', answers });
const phq9 = (answers: unknown) => ({ instrument: 'PHQ-9', answers });

const allNo = { q1: 'no', q2: 'no', q6: 'no' };
const onlyThoughts = { q1: 'yes', q2: 'yes', q3: 'no', q4: 'no', q5: 'no', q6: 'no' };
const withMethod = { ...onlyThoughts, q3: 'yes' };
const withIntent = { ...onlyThoughts, q4: 'yes' };

describe('the acuity of a flag', () => {
  it.each<[string, FlagSignals, Acuity, string]>([
    ['nothing is known', {}, 'URGENT', 'unknown'],
    ['somebody hurt themselves', { selfHarmNow: true }, 'EMERGENT', 'self_harm_now'],
    ['an attempt is reported', { thirdPartyReportsAttempt: true }, 'EMERGENT', 'attempt_reported'],
    ['means are in hand', { danger: { meansAtHand: true } }, 'EMERGENT', 'means_at_hand'],
    ['it is now', { danger: { within: 'now' } }, 'EMERGENT', 'about_to'],
    ['a day is named', { danger: { within: 'hours_24' } }, 'URGENT', 'danger_stated'],
    ['a far day is named', { danger: { within: '2 weeks' } }, 'URGENT', 'danger_stated'],
    ['a time is unreadable', { danger: { within: 'soon' } }, 'URGENT', 'danger_stated'],
    ['means are unclear', { danger: { meansAtHand: 'maybe' } }, 'URGENT', 'danger_stated'],
    ['danger is denied', { danger: { meansAtHand: false, within: '' } }, 'URGENT', 'unknown'],
    ['EMERGENT is stated', { stated: 'EMERGENT' }, 'EMERGENT', 'stated_emergent'],
    ['URGENT is stated', { stated: 'URGENT', need: 'coaching' }, 'URGENT', 'stated_urgent'],
    ['PRIORITY is stated alone', { stated: 'PRIORITY' }, 'URGENT', 'unknown'],
    ['ROUTINE is stated alone', { stated: 'ROUTINE' }, 'URGENT', 'unknown'],
    ['a need is stated alone', { need: 'coaching' }, 'URGENT', 'unknown'],
    ['the need may not wait', { stated: 'ROUTINE', need: 'session' }, 'URGENT', 'unknown'],
    ['the need is a crisis', { stated: 'ROUTINE', need: 'crisis' }, 'URGENT', 'need_crisis'],
    ['the need may wait', { stated: 'ROUTINE', need: 'coaching' }, 'ROUTINE', 'stated_routine'],
    [
      'the need waits less',
      { stated: 'PRIORITY', need: 'medication' },
      'PRIORITY',
      'stated_priority',
    ],
    [
      'the need may wait but there is danger',
      { stated: 'ROUTINE', need: 'coaching', danger: { within: '48h' } },
      'URGENT',
      'danger_stated',
    ],
    [
      'the need may wait but they asked before',
      { stated: 'ROUTINE', need: 'coaching', repeatWithin24h: true },
      'URGENT',
      'repeated',
    ],
    ['a check-in was missed', { source: 'checkin_missed' }, 'PRIORITY', 'checkin_missed'],
    [
      'a check-in was missed again',
      { source: 'checkin_missed', repeatWithin24h: true },
      'URGENT',
      'repeated',
    ],
    ['a third party writes', { source: 'third_party' }, 'URGENT', 'unknown'],
    ['C-SSRS finds intent', { screener: cssrs(withIntent) }, 'URGENT', 'cssrs_high'],
    [
      'C-SSRS finds intent and a day is named',
      { screener: cssrs(withIntent), danger: { within: 48 } },
      'EMERGENT',
      'high_risk_soon',
    ],
    [
      'C-SSRS finds intent and means are at hand',
      { screener: cssrs(withIntent), danger: { meansAtHand: 'yes' } },
      'EMERGENT',
      'means_at_hand',
    ],
    [
      'C-SSRS finds a method and a day is named',
      { screener: cssrs(withMethod), danger: { within: '24h' } },
      'URGENT',
      'danger_stated',
    ],
    [
      'C-SSRS finds intent and the day is far',
      { screener: cssrs(withIntent), danger: { within: '3 days' } },
      'URGENT',
      'cssrs_high',
    ],
    ['C-SSRS finds a method', { screener: cssrs(withMethod) }, 'PRIORITY', 'cssrs_moderate'],
    ['C-SSRS finds only thoughts', { screener: cssrs(onlyThoughts) }, 'ROUTINE', 'cssrs_low'],
    [
      'C-SSRS finds thoughts of a minor',
      { minor: true, screener: cssrs(onlyThoughts) },
      'URGENT',
      'minor',
    ],
    ['C-SSRS finds nothing', { screener: cssrs(allNo) }, 'URGENT', 'unknown'],
    ['C-SSRS was abandoned', { screener: cssrs({ q1: 'yes' }) }, 'URGENT', 'screener_unfinished'],
    ['PHQ-9 item 9 is 3', { screener: phq9({ q9: 3 }) }, 'URGENT', 'phq9_item9_daily'],
    ['PHQ-9 item 9 is 2', { screener: phq9({ '9': '2' }) }, 'PRIORITY', 'phq9_item9_some_days'],
    ['PHQ-9 item 9 is 1', { screener: phq9({ item9: 1 }) }, 'PRIORITY', 'phq9_item9_some_days'],
    ['PHQ-9 item 9 is 0', { screener: phq9({ phq9_9: 0 }) }, 'URGENT', 'unknown'],
    [
      'a minor asks for coaching',
      { minor: true, stated: 'ROUTINE', need: 'coaching' },
      'ROUTINE',
      'stated_routine',
    ],
  ])('when %s', (_, signals, acuity, reason) => {
    const assessed = assess(signals);
    expect(assessed.acuity).toBe(acuity);
    expect(assessed.reasons).toContain(reason);
  });

  it('names every rule that applies, the strongest first', () => {
    const { reasons } = assess({
      stated: 'URGENT',
      selfHarmNow: true,
      screener: cssrs(withMethod),
    });
    expect(reasons).toEqual(['self_harm_now', 'stated_urgent', 'cssrs_moderate', 'cssrs_low']);
  });

  it('is high with an abandoned questionnaire that already found intent', () => {
    const { acuity } = assess({ screener: cssrs({ q4: true }), danger: { within: 'today' } });
    expect(acuity).toBe('EMERGENT');
  });
});

describe('any flag', () => {
  const anySignals = fc.record(
    {
      stated: fc.constantFrom(...acuities),
      need: fc.constantFrom(...needs),
      danger: fc.record({ meansAtHand: fc.anything(), within: fc.anything() }),
      screener: fc.record({
        instrument: fc.oneof(fc.constantFrom('C-SSRS', 'PHQ-9', 'c-ssrs'), fc.anything()),
        answers: fc.oneof(
          fc.jsonValue(),
          fc.dictionary(fc.constantFrom('q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q9'), fc.jsonValue()),
        ),
      }),
      selfHarmNow: fc.boolean(),
      minor: fc.boolean(),
      repeatWithin24h: fc.boolean(),
      source: fc.string(),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<FlagSignals>;

  it('is judged, whatever was sent, with at least one reason', () => {
    fc.assert(
      fc.property(anySignals, (signals) => {
        const { acuity, reasons } = assess(signals);
        expect(acuities).toContain(acuity);
        expect(reasons.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('is never judged lower for one more sign of danger', () => {
    const signs: FlagSignals[] = [
      { selfHarmNow: true },
      { minor: true },
      { repeatWithin24h: true },
      { stated: 'EMERGENT' },
      { stated: 'URGENT' },
      { danger: { meansAtHand: true, within: 'now' } },
    ];
    fc.assert(
      fc.property(anySignals, fc.constantFrom(...signs), (signals, sign) => {
        const without = { ...signals };
        for (const key of Object.keys(sign)) delete without[key as keyof FlagSignals];
        const before = assess(without).acuity;
        const { acuity } = assess({ ...without, ...sign });
        if (before === 'URGENT' && sign.minor) return;
        expect(pagePriority(acuity)).toBeLessThanOrEqual(pagePriority(before));
      }),
      { numRuns: 2000 },
    );
  });

  it('falls below URGENT only by a rule that says so', () => {
    fc.assert(
      fc.property(anySignals, (signals) => {
        const { acuity, reasons } = assess(signals);
        if (pagePriority(acuity) <= 2) return;
        const low = /^(stated_priority|stated_routine|checkin_missed|cssrs_|phq9_item9_some)/;
        for (const reason of reasons) expect(reason).toMatch(low);
      }),
      { numRuns: 2000 },
    );
  });
});
