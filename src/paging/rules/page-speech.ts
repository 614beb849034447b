import { asksForAnswer } from './on-call/asks.js';
import { onCallSpeech } from './on-call/sentences.js';
import { onCallText } from './on-call/sms.js';
import { isAboutCase, type PageContent } from './page-content.js';
import { asksToTake, smsPageText, voicePageText } from './page-text.js';

interface Told {
  waitingSeconds: number;
  code: string;
  link: string;
}

/** The text of any page, in one segment. */
export function textOf(content: PageContent, told: Told): string {
  return isAboutCase(content) ? smsPageText({ ...content, ...told }) : onCallText(content, told);
}

/** What the call of any page says first. */
export const speechOf = (content: PageContent): string =>
  isAboutCase(content) ? voicePageText(content) : onCallSpeech(content);

/** Whether a page waits for an answer; the others only tell. */
export const asks = (content: PageContent): boolean =>
  isAboutCase(content) ? asksToTake(content.reason) : asksForAnswer(content.reason);
