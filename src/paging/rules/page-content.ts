import type { PageReason, PageWords } from './page-text.js';

/** What a page may say: no name, no words of the flag, nothing clinical. */
export interface PageContent {
  acuity: PageWords['acuity'];
  ref: string;
  /** From 0; equal to `steps` for the backstop. */
  step: number;
  steps: number;
  /** Since when somebody waits, RFC 3339. */
  waitingSince: string;
  reason: PageReason;
}
