import { plainName } from '../../paging/rules/on-call/sms.js';
import { isAboutCase, type PageContent } from '../../paging/rules/page-content.js';
import { answerSpeech, answerText, type Outcome, whatIsAsked } from './answer-words.js';
import { onCallAnswer, onCallAsked } from './on-call-answer-words.js';

interface AnsweredPage {
  purpose: string;
  content: PageContent;
}

const nameLengthMax = 40;

/** What whoever answered a page by text is told: one GSM-7 segment. */
export function answeredText({ purpose, content }: AnsweredPage, outcome: Outcome): string {
  if (isAboutCase(content)) {
    const what = whatIsAsked(purpose, content.reason);
    return answerText({ outcome, ref: content.ref, what });
  }
  const name = plainName(content.schedule).slice(0, nameLengthMax).trim();
  return `ONCALL ${onCallAnswer(outcome, onCallAsked(content.reason), name)}`;
}

/** The same, said at the end of a call. */
export function answeredSpeech({ purpose, content }: AnsweredPage, outcome: Outcome): string {
  if (isAboutCase(content))
    return answerSpeech({ outcome, what: whatIsAsked(purpose, content.reason) });
  const { schedule, reason } = content;
  const words = onCallAnswer(outcome, onCallAsked(reason), schedule);
  return `${words[0]?.toUpperCase()}${words.slice(1)} Goodbye.`;
}
