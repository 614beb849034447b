import { readYesNo } from './lenient.js';

/** A questionnaire as it arrived; `answers` may be anything. */
export interface Screener {
  instrument?: unknown;
  version?: unknown;
  answers?: unknown;
}

/**
 * What a questionnaire says. `high`: intent, a plan, or an act within three months. `unfinished`:
 * answers are missing or cannot be read, so that the rest is only a lower bound.
 */
export type ScreenerFinding =
  | 'cssrs_high'
  | 'cssrs_moderate'
  | 'cssrs_low'
  | 'phq9_item9_daily'
  | 'phq9_item9_some_days'
  | 'screener_unfinished';

/** Reads C-SSRS (screen version) and item 9 of PHQ-9; never throws, whatever was sent. */
export function readScreener(screener: Screener): ScreenerFinding[] {
  const answers = entriesOf(screener.answers);
  switch (normalize(screener.instrument)) {
    case 'cssrs':
      return readCssrs(answers);
    case 'phq9':
      return readPhq9(answers);
    default:
      return ['screener_unfinished'];
  }
}

const recently = /3m|threemonth|recent/;

type Answer = boolean | null;
type Entry = [key: string, value: unknown];

function readCssrs(entries: Entry[]): ScreenerFinding[] {
  const questions = [1, 2, 3, 4, 5].map((number) => readQuestion(entries, number));
  const [q1, q2, q3, q4, q5] = questions;
  const act = readAct(entries);
  const findings: ScreenerFinding[] = [];
  if (q4 === true || q5 === true || act === 'recent') findings.push('cssrs_high');
  if (q3 === true || act === 'longer_ago') findings.push('cssrs_moderate');
  if (q1 === true || q2 === true) findings.push('cssrs_low');
  // Questions 3 to 5 are asked only after a yes to question 2.
  const asked = q2 === false ? questions.slice(0, 1) : questions;
  if (act === null || asked.includes(null)) findings.push('screener_unfinished');
  return findings;
}

function readPhq9(entries: Entry[]): ScreenerFinding[] {
  const values = entries.filter(([key]) => /^(?:phq9)?(?:q|item|question)?9$/.test(key));
  const scores = values.map(([, value]) => readScore(value));
  if (scores.includes(3)) return ['phq9_item9_daily'];
  if (scores.includes(1) || scores.includes(2)) return ['phq9_item9_some_days'];
  return scores.length > 0 && scores.every((score) => score === 0) ? [] : ['screener_unfinished'];
}

/** The written or numeric digit; null: no score of this questionnaire. */
function readScore(value: unknown): number | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  return /^[0-3]$/.test(String(value).trim()) ? Number(value) : null;
}

/** Yes if any answer under this number is yes: contradictions count as the worse one. */
function readQuestion(entries: Entry[], number: number): Answer {
  const key = new RegExp(`^(?:cssrs)?(?:q|item|question)?${number}(?:[a-z].*)?$`);
  const answers = entries.filter(([name]) => key.test(name)).map(([, value]) => readYesNo(value));
  if (answers.includes(true)) return true;
  return answers.length === 0 || answers.includes(null) ? null : false;
}

/** Question 6: an act or preparation for one; when it is not said how long ago, recent. */
function readAct(entries: Entry[]): 'recent' | 'longer_ago' | 'none' | null {
  const about = entries.filter(([key]) =>
    /^(?:cssrs)?(?:q|item|question)?6(?:\D.*|3m.*)?$/.test(key),
  );
  const within = about.filter(([key]) => recently.test(key)).map(([, value]) => readYesNo(value));
  const ever = about.filter(([key]) => !recently.test(key)).map(([, value]) => readEver(value));
  if (within.includes(true) || ever.includes('recent')) return 'recent';
  if (ever.includes('longer_ago')) return 'longer_ago';
  if (ever.includes(true)) return within.includes(false) ? 'longer_ago' : 'recent';
  return ever.length === 0 || within.includes(null) || ever.includes(null) ? null : 'none';
}

/** `yes` and `no`, or words for when: `past_3_months`, `lifetime`, `more than 3 months ago`. */
function readEver(value: unknown): 'recent' | 'longer_ago' | Answer {
  const words = normalize(value);
  if (/lifetime|morethan|over|longer|before/.test(words)) return 'longer_ago';
  if (recently.test(words)) return 'recent';
  return readYesNo(value);
}

function entriesOf(answers: unknown): Entry[] {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return [];
  return Object.entries(answers).map(([key, value]) => [normalize(key), value]);
}

function normalize(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase().replace(/[^a-z0-9]/g, '') : '';
}
