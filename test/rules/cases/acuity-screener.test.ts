import { describe, expect, it } from '@jest/globals';
import { readHours, readYesNo } from '../../../src/cases/rules/lenient.js';
import { readScreener } from '../../../src/cases/rules/screener.js';

const cssrs = (answers: unknown) => readScreener({ instrument: 'c-ssrs', answers });
const none = { q1: 'no', q2: 'no', q6: 'no' };

describe('a C-SSRS screener', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing', none, []],
    ['a wish alone', { ...none, q1: 'yes' }, ['cssrs_low']],
    [
      'thoughts, and no answer to what follows',
      { ...none, q2: 'yes' },
      ['cssrs_low', 'screener_unfinished'],
    ],
    ['a plan', { ...none, q5: 1 }, ['cssrs_high']],
    ['an act at a time not named', { ...none, q6: 'yes' }, ['cssrs_high']],
    ['a recent act', { ...none, q6: 'past_3_months' }, ['cssrs_high']],
    ['a recent act under its own key', { ...none, q6_past_3_months: 'yes' }, ['cssrs_high']],
    ['an act long ago', { ...none, q6: 'lifetime' }, ['cssrs_moderate']],
    ['an act longer ago', { ...none, q6: 'more than 3 months ago' }, ['cssrs_moderate']],
    ['an act, not recent', { ...none, q6: 'yes', q6Within3Months: 'no' }, ['cssrs_moderate']],
    ['an act, unclear when', { ...none, q6: 'yes', q6Within3Months: '?' }, ['cssrs_high']],
    ['no act, unclear when', { ...none, q6Within3Months: '?' }, ['screener_unfinished']],
    [
      'no act lately, no word before',
      { q1: 'no', q2: 'no', q6Recent: 'no' },
      ['screener_unfinished'],
    ],
    ['an act in unreadable words', { ...none, q6: 'hm' }, ['screener_unfinished']],
    ['an answer that is no word', { ...none, q6: { when: 1 } }, ['screener_unfinished']],
    ['an answer to nothing', { ...none, q1: [] }, ['screener_unfinished']],
    ['contradictions', { ...none, q4: 'no', Q4: 'yes' }, ['cssrs_high']],
    ['other spellings', { '1': true, 'Question 2': 'N', 'C-SSRS 6': 'never' }, ['cssrs_low']],
    ['other numbers', { ...none, q12: 'yes', 44: 'yes' }, []],
    ['no answers', undefined, ['screener_unfinished']],
    ['null', null, ['screener_unfinished']],
    ['a list', ['yes', 'yes'], ['screener_unfinished']],
    ['a text', 'yes', ['screener_unfinished']],
  ])('that says %s', (_, answers, findings) => {
    expect(cssrs(answers)).toEqual(findings);
  });
});

describe('item 9 of a PHQ-9', () => {
  const phq9 = (answers: unknown) => readScreener({ instrument: 'PHQ9', answers });

  it.each<[unknown, string[]]>([
    [{ q9: ' 3 ' }, ['phq9_item9_daily']],
    [{ q9: 0, item9: 3 }, ['phq9_item9_daily']],
    [{ q9: 0 }, []],
    [{ q9: 7 }, ['screener_unfinished']],
    [{ q9: null }, ['screener_unfinished']],
    [{ q9: true }, ['screener_unfinished']],
    [{ q9: '' }, ['screener_unfinished']],
    [{ q1: 3, q8: 3 }, ['screener_unfinished']],
  ])('in %j', (answers, findings) => {
    expect(phq9(answers)).toEqual(findings);
  });
});

it('an unknown questionnaire counts as unfinished', () => {
  expect(readScreener({ instrument: 'GAD-7', answers: {} })).toEqual(['screener_unfinished']);
  expect(readScreener({ instrument: 9 })).toEqual(['screener_unfinished']);
});

describe('lenient answers', () => {
  it.each<[unknown, boolean | null]>([
    [true, true],
    [' Sí ', true],
    [1, true],
    [0, false],
    ['none', false],
    ['perhaps', null],
    [null, null],
    [2, null],
  ])('%j as yes or no', (value, answer) => {
    expect(readYesNo(value)).toBe(answer);
  });

  it.each<[unknown, number | null]>([
    [24, 24],
    [-1, null],
    [Number.NaN, null],
    ['hours_48', 48],
    ['24h', 24],
    ['24-48 hours', 24],
    ['PT24H', 24],
    ['P2D', 48],
    ['2 days', 48],
    ['un día', null],
    ['1 week', 168],
    ['3 months', 2160],
    ['30 minutes', 0.5],
    ['right_now', 0],
    ['ahora', 0],
    ['inmediatamente', 0],
    ['Today', 24],
    ['mañana', 48],
    ['unknown', null],
    ['', null],
    [{}, null],
  ])('%j as hours', (value, hours) => {
    expect(readHours(value)).toBe(hours);
  });
});
