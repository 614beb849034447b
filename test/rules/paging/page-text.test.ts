import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { septets } from '../../../src/platform/telephony/rules/gsm7.js';
import {
  asksToTake,
  smsPageText,
  voicePageText,
  type PageReason,
  type PageWords,
} from '../../../src/paging/rules/page-text.js';

const reasons: PageReason[] = [
  'step',
  'wider',
  'asked_again',
  'owner_asked_again',
  'lease_warning',
  'reminder',
  'unattended',
  'hand_over',
  'hand_over_open',
  'still_yours',
  'alarm',
];
const carrierWords =
  /\b(STOP|STOPALL|END|CANCEL|QUIT|UNSUBSCRIBE|REVOKE|OPTOUT|YES|START|UNSTOP|HELP|INFO)\b/i;

const words = (changes: Partial<PageWords> = {}): PageWords => ({
  acuity: 'URGENT',
  ref: '7Q4K',
  step: 0,
  steps: 3,
  waitingSeconds: 10,
  code: '482193',
  link: 'https://oncall.example/r/abcdefghijklmnopqrstuv',
  reason: 'step',
  ...changes,
});
const longestLink = `https://${'x'.repeat(51)}/r/${'t'.repeat(20)}`;

describe('the text of a page', () => {
  it('says acuity, case, step, waiting time, and how to take it', () => {
    expect(smsPageText(words())).toBe(
      'ONCALL URGENT 7Q4K step 1/3 waiting 0:10. Reply 482193 to take, 482193 N to pass. ' +
        'https://oncall.example/r/abcdefghijklmnopqrstuv',
    );
  });

  it('says what it is for', () => {
    const texts = reasons.map((reason) =>
      smsPageText(words({ reason, step: 1, waitingSeconds: 125 })),
    );
    const link = 'https://oncall.example/r/abcdefghijklmnopqrstuv';
    const reply = `Reply 482193 to take, 482193 N to pass. ${link}`;
    expect(texts).toEqual([
      `ONCALL URGENT 7Q4K step 2/3 waiting 2:05. ${reply}`,
      `ONCALL URGENT 7Q4K step 2/3 waiting 2:05, not yet taken. ${reply}`,
      `ONCALL URGENT 7Q4K asked again, waiting 2:05. ${reply}`,
      `ONCALL URGENT 7Q4K is yours: they asked again, please call. Log it: ${link}`,
      `ONCALL URGENT 7Q4K is yours: nothing new is logged, soon it goes to others. Log it: ${link}`,
      `ONCALL URGENT 7Q4K is yours and still open. Log it: ${link}`,
      `ONCALL URGENT 7Q4K is open and nobody has logged anything new. Please look: ${link}`,
      `ONCALL URGENT 7Q4K is offered to you. ${reply}`,
      `ONCALL URGENT 7Q4K ALARM: nobody has accepted its hand-over. ${reply}`,
      `ONCALL URGENT 7Q4K is still yours: nobody has accepted the hand-over. Please look: ${link}`,
      `ONCALL URGENT 7Q4K ALARM: nobody has taken it. ${reply}`,
    ]);
  });

  it('calls the backstop the backup, and counts long waits in hours', () => {
    expect(smsPageText(words({ step: 3, waitingSeconds: 5999 }))).toContain(
      'backup waiting 99:59.',
    );
    expect(smsPageText(words({ waitingSeconds: 6000 }))).toContain('waiting 1 h.');
    expect(smsPageText(words({ waitingSeconds: 1e9 }))).toContain('waiting 999 h.');
  });

  it.each(reasons)('fits one segment with the longest link, for %s', (reason) => {
    expect(longestLink).toHaveLength(82);
    for (const step of [0, 9, 10]) {
      const longest = { acuity: 'EMERGENT', ref: '7Q4KX', step, steps: 10 } as const;
      const text = smsPageText(
        words({ ...longest, waitingSeconds: 5999, reason, link: longestLink }),
      );
      expect(septets(text)).toBeLessThanOrEqual(160);
      expect(text).toContain(longestLink);
    }
  });

  it('leaves out a link that does not fit or would not be plain, since the code is enough', () => {
    for (const link of [`${longestLink}${'x'.repeat(40)}`, 'https://例え.example/r/a']) {
      const text = smsPageText(words({ link }));
      expect(text).toBe('ONCALL URGENT 7Q4K 1/3 0:10. Reply 482193 to take, 482193 N to pass.');
    }
  });

  it('is always one plain segment without a word that carriers act on', () => {
    const anyWords: fc.Arbitrary<PageWords> = fc.record({
      acuity: fc.constantFrom('EMERGENT', 'URGENT', 'PRIORITY', 'ROUTINE'),
      ref: fc.constantFrom('7Q4K', '7Q4KX'),
      step: fc.integer({ min: 0, max: 10 }),
      steps: fc.integer({ min: 1, max: 10 }),
      waitingSeconds: fc.double({ min: 0, max: 1e7, noNaN: true }),
      code: fc.constant('482193'),
      link: fc.constantFrom(longestLink, 'http://localhost:3000/r/abcdefghijklmnopqrstuv'),
      reason: fc.constantFrom(...reasons),
    });
    fc.assert(
      fc.property(anyWords, (each) => {
        const text = smsPageText(each);
        expect(septets(text)).not.toBeNull();
        expect(septets(text)).toBeLessThanOrEqual(160);
        expect(text).not.toMatch(carrierWords);
        expect(text).toContain(each.link);
      }),
    );
  });
});

describe('the call of a page', () => {
  it('spells the case and says the keys', () => {
    expect(voicePageText({ acuity: 'URGENT', ref: '7Q4K', reason: 'step' })).toBe(
      'On-call page, urgent, case 7 Q 4 K. To take it press 1. To pass press 2. ' +
        'To hear this again press 9.',
    );
  });

  it.each(reasons)('says what it is for: %s', (reason) => {
    const text = voicePageText({ acuity: 'EMERGENT', ref: '7Q4K', reason });
    expect(text.includes('press 1')).toBe(asksToTake(reason));
    expect(text).toContain('emergent, case 7 Q 4 K.');
  });
});

describe('counting septets', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['é ñ ¿ ¡ ü', 9],
    ['[€]', 6],
    ['línea', null],
    ['👍', null],
  ])('of %j', (text, count) => {
    expect(septets(text)).toBe(count);
  });
});
