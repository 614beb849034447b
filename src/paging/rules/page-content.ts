import type { OnCallContent } from './on-call/content.js';
import type { PageReason, PageWords } from './page-text.js';

/** About a case: no name, no words of the flag, nothing clinical. */
export interface CaseContent {
  acuity: PageWords['acuity'];
  ref: string;
  /** From 0; equal to `steps` for the backstop. */
  step: number;
  steps: number;
  /** Since when somebody waits, RFC 3339. */
  waitingSince: string;
  reason: PageReason;
}

/** All that a page may say, from closed sets only: a lock screen shows it to anybody. */
export type PageContent = CaseContent | OnCallContent;

export const isAboutCase = (content: PageContent): content is CaseContent => 'ref' in content;
