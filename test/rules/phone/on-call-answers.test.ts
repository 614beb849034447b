import { describe, expect, it } from '@jest/globals';
import type { AnswerResult } from '../../../src/paging/purposes.js';
import { answeredSpeech, answeredText } from '../../../src/phone/rules/answered.js';
import { septets } from '../../../src/platform/telephony/rules/gsm7.js';
import { everyContent } from '../paging/on-call-contents.js';

const outcomes: AnswerResult['outcome'][] = [
  'taken',
  'already_yours',
  'taken_by_other',
  'declined',
  'over',
];
const carrierWords =
  /\b(STOP|STOPALL|END|CANCEL|QUIT|UNSUBSCRIBE|REVOKE|OPTOUT|YES|START|UNSTOP|HELP|INFO)\b/i;

describe('the answer to an answer about time on call', () => {
  const longest = everyContent('Nachtdienst für die Region Nordost '.repeat(4));
  it.each(longest)('is one segment and ends a call: %s', (_name, content) => {
    for (const outcome of outcomes) {
      const text = answeredText({ purpose: 'check_in', content }, outcome);
      expect(septets(text)).toBeLessThanOrEqual(160);
      expect(text).toMatch(/^ONCALL .*Nachtdienst/);
      expect(text).not.toMatch(carrierWords);
      const speech = answeredSpeech({ purpose: 'check_in', content }, outcome);
      expect(speech).toMatch(/^[A-Z].*Goodbye\.$/);
    }
  });

  it('says that somebody is checked in only when they are', () => {
    const [, content] = everyContent('Night line')[0]!;
    const said = outcomes.map((outcome) => answeredText({ purpose: 'check_in', content }, outcome));
    expect(said.map((text) => text.includes('checked in'))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('goes on speaking of cases as ever', () => {
    const content = {
      acuity: 'URGENT',
      ref: '7Q4K',
      step: 0,
      steps: 3,
      waitingSince: '2026-01-31T10:00:00.000Z',
      reason: 'step',
    } as const;
    expect(answeredText({ purpose: 'case', content }, 'over')).toBe(
      'ONCALL case 7Q4K no longer waits for an answer. No action needed.',
    );
    expect(answeredSpeech({ purpose: 'case', content }, 'over')).toBe(
      'This case no longer waits for an answer. No action needed. Goodbye.',
    );
  });
});
