import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asksForAnswer } from '../../../src/paging/rules/on-call/asks.js';
import type { OnCallContent } from '../../../src/paging/rules/on-call/content.js';
import { onCallSpeech } from '../../../src/paging/rules/on-call/sentences.js';
import { onCallText, plainName } from '../../../src/paging/rules/on-call/sms.js';
import { briefTime, spokenTime, zoneWords } from '../../../src/paging/rules/on-call/times.js';
import { asks, speechOf, textOf } from '../../../src/paging/rules/page-speech.js';
import { septets } from '../../../src/platform/telephony/rules/gsm7.js';
import { everyContent } from './on-call-contents.js';

const code = '482193';
const link = 'https://oncall.example/r/abcdefghijklmnopqrstuv';
const longestLink = `https://${'x'.repeat(51)}/r/${'t'.repeat(20)}`;
const carrierWords =
  /\b(STOP|STOPALL|END|CANCEL|QUIT|UNSUBSCRIBE|REVOKE|OPTOUT|YES|START|UNSTOP|HELP|INFO)\b/i;

const contents = everyContent('Night line');
const of = (reason: string): OnCallContent =>
  contents.find(([, content]) => content.reason === reason)![1];

describe('the text about time on call', () => {
  it('says which schedule, when and in which zone, and how to answer', () => {
    const text = (content: OnCallContent) =>
      onCallText(content, { code, link: 'https://h.example/r/x' });
    expect(text(of('check_in'))).toBe(
      'ONCALL check-in, Night line: you are on call until Sat Nov 28 08:00 New York time. ' +
        'Reply 482193, or 482193 N if you cannot. https://h.example/r/x',
    );
    expect(text(of('going_on'))).toBe(
      'ONCALL you are on call for Night line from Fri Nov 27 20:00 until Sat Nov 28 08:00 ' +
        'New York time. https://h.example/r/x',
    );
    expect(text(of('going_off'))).toBe(
      'ONCALL your shift for Night line is over: Sat Nov 28 08:00 New York time. ' +
        'No open case is yours. https://h.example/r/x',
    );
    expect(text(of('coverage_gap'))).toBe(
      'ONCALL ALARM gap within 7 days, Fri Nov 27 20:00 New York time: Night line. ' +
        'Reply 482193 to take, 482193 N to pass. https://h.example/r/x',
    );
    expect(text(of('swap_accepted'))).toBe(
      'ONCALL shift swap accepted: Night line, Fri Nov 27 20:00 to Sat Nov 28 08:00 ' +
        'New York time. https://h.example/r/x',
    );
  });

  const longest = everyContent('€ Ñandú '.repeat(15), 'America/North_Dakota/New_Salem');
  it.each(longest)('fits one segment with the longest name and link: %s', (_name, content) => {
    const text = onCallText(content, { code, link: longestLink });
    expect(septets(text)).toBeLessThanOrEqual(160);
    expect(text).toContain(longestLink);
    expect(text.includes(`Reply ${code}`)).toBe(asksForAnswer(content.reason));
  });

  it('writes names in plain letters, and calls a name without any the schedule', () => {
    expect(plainName('Nuits d’été – équipe Łódź 夜')).toBe('Nuits dété équipe odz');
    expect(plainName('夜班')).toBe('schedule');
    const text = onCallText({ ...of('going_on'), schedule: '夜班' }, { code, link });
    expect(text).toContain('schedule');
  });

  it('leaves out a link that does not fit or would not be plain, since the code is enough', () => {
    for (const bad of [`${longestLink}${'x'.repeat(60)}`, 'https://例え.example/r/a']) {
      const text = onCallText(of('check_in'), { code, link: bad });
      expect(text).toContain(`Reply ${code}`);
      expect(text).not.toContain('https');
    }
  });

  it('is always one plain segment, whatever a schedule is called', () => {
    const anyContent = fc
      .tuple(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 150 }), fc.string({ unit: 'grapheme' })),
        fc.nat(contents.length - 1),
        fc.constantFrom('America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'),
      )
      .map(([schedule, at, zone]) => everyContent(schedule, zone)[at]![1]);
    fc.assert(
      fc.property(anyContent, fc.constantFrom(link, longestLink), (content, address) => {
        const text = onCallText(content, { code, link: address });
        expect(septets(text)).toBeLessThanOrEqual(160);
        expect(text).toContain(address);
      }),
    );
  });

  it.each(contents)('has no word that carriers act on: %s', (_name, content) => {
    expect(onCallText(content, { code, link })).not.toMatch(carrierWords);
  });
});

describe('the call about time on call', () => {
  it('says the schedule, the time as people say it, and the keys', () => {
    expect(onCallSpeech(of('check_in'))).toBe(
      'On-call page. Check-in for Night line. You are on call until Saturday, November 28, ' +
        '8:00 AM, New York time. To answer press 1. If you cannot, press 2. ' +
        'To hear this again press 9.',
    );
  });

  it.each(contents)('asks for a key only where an answer is waited for: %s', (_name, content) => {
    const speech = onCallSpeech(content);
    expect(speech).toContain('Night line');
    expect(speech.includes('press 1')).toBe(asks(content));
    expect(speech.endsWith('To hear this again press 9.')).toBe(true);
  });
});

describe('pages of both kinds', () => {
  it('say what they are about', () => {
    const aCase = {
      acuity: 'URGENT',
      ref: '7Q4K',
      step: 0,
      steps: 3,
      waitingSince: '2026-01-31T10:00:00.000Z',
      reason: 'step',
    } as const;
    const told = { waitingSeconds: 10, code, link };
    expect(textOf(aCase, told)).toContain('ONCALL URGENT 7Q4K step 1/3 waiting 0:10.');
    expect(textOf(of('going_on'), told)).toContain('Night line');
    expect(speechOf(aCase)).toContain('case 7 Q 4 K');
    expect(speechOf(of('going_on'))).toContain('Night line');
    expect([asks(aCase), asks(of('going_on')), asks(of('coverage_gap'))]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('times as people read them', () => {
  it.each([
    [
      'America/New_York',
      '2026-11-01T06:30:00.000Z',
      'Sun Nov 1 01:30',
      'Sunday, November 1, 1:30 AM',
    ],
    [
      'Asia/Kathmandu',
      '2026-01-31T18:20:00.000Z',
      'Sun Feb 1 00:05',
      'Sunday, February 1, 12:05 AM',
    ],
    ['UTC', '2026-07-04T12:00:00.000Z', 'Sat Jul 4 12:00', 'Saturday, July 4, 12:00 PM'],
  ])('in %s, %s', (zone, at, brief, spoken) => {
    expect(briefTime(zone, at)).toBe(brief);
    expect(spokenTime(zone, at)).toBe(spoken);
  });

  it.each([
    ['America/New_York', 'New York time'],
    ['America/North_Dakota/New_Salem', 'New Salem time'],
    ['UTC', 'UTC'],
  ])('%s is called %s', (zone, words) => {
    expect(zoneWords(zone)).toBe(words);
  });
});
