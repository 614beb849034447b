import { describe, expect, it } from '@jest/globals';
import { septets } from '../../../src/platform/telephony/rules/gsm7.js';
import {
  type Answered,
  answerSpeech,
  answerText,
  isOutcome,
  notRecordedText,
  whatIsAsked,
} from '../../../src/phone/rules/answer-words.js';

const outcomes: Answered['outcome'][] = [
  'taken',
  'already_yours',
  'taken_by_other',
  'declined',
  'over',
];
const whats: Answered['what'][] = ['case', 'alarm', 'hand_over'];
const all = outcomes.flatMap((outcome) =>
  whats.map((what): Answered => ({ outcome, what, ref: '7Q4KX' })),
);
const carrierWords =
  /\b(STOP|STOPALL|END|CANCEL|QUIT|UNSUBSCRIBE|REVOKE|OPTOUT|YES|START|UNSTOP|HELP|INFO)\b/i;

describe('the answer to an answer', () => {
  it.each(all)('is one segment without a word for the carrier: %o', (answered) => {
    const text = answerText(answered);
    expect(septets(text)).toBeLessThanOrEqual(160);
    expect(text).not.toMatch(carrierWords);
    expect(text).toContain('7Q4KX');
  });

  it('that was not recorded is one segment too', () => {
    expect(septets(notRecordedText)).toBeLessThanOrEqual(160);
    expect(notRecordedText).not.toMatch(carrierWords);
  });

  it('says that a case is taken only when it is', () => {
    for (const answered of all) {
      const mine = answered.outcome === 'taken' && answered.what !== 'alarm';
      expect(answerText(answered).includes('you have taken case')).toBe(mine);
      expect(answerSpeech(answered).includes('You have taken the case.')).toBe(mine);
    }
  });

  it('promises the next person only where there is one', () => {
    for (const what of whats) {
      const said = answerSpeech({ outcome: 'declined', what });
      expect(said.includes('The next person is being paged.')).toBe(what === 'case');
    }
  });

  it('speaks for every outcome', () => {
    expect(all.map(answerSpeech).every((words) => words.endsWith('Goodbye.'))).toBe(true);
  });
});

describe('what a page asks for', () => {
  it.each([
    ['alarm', 'alarm', 'alarm'],
    ['case', 'hand_over', 'hand_over'],
    ['case', 'step', 'case'],
  ])('%s, %s: %s', (purpose, reason, what) => {
    expect(whatIsAsked(purpose, reason)).toBe(what);
  });

  it('knows outcomes from other words', () => {
    expect(outcomes.every(isOutcome)).toBe(true);
    expect(isOutcome('resources')).toBe(false);
  });
});
