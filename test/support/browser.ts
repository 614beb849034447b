import { AxeBuilder } from '@axe-core/playwright';
import { describe } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findProgram } from './service/child.js';

const chromiumProgram = findProgram('chromium');

/** Runs the rows where there is a browser; where there is none they are named and skipped. */
export function inChromium(rows: () => void): void {
  if (chromiumProgram !== null) return describe('in Chromium', rows);
  describe.skip('in Chromium (not on this machine)', rows);
}

/** The real browser, without a screen. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumProgram!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const phone = { viewport: { width: 360, height: 740 } };
export const narrow = { viewport: { width: 320, height: 600 } };
export const desk = { viewport: { width: 1200, height: 850 } };

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What of a page some people could not use, one sentence each; also when it runs off the side. */
export async function barriersOf(page: Page, exceptRules: string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags(standards).disableRules(exceptRules);
  const { violations } = await axe.analyze();
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    ...(overflow > 0 ? [`runs off the side by ${overflow} pixels`] : []),
  ];
}

/** Everything the page asked any host for, and what the browser complained of. */
export function watch(context: BrowserContext): { requests: string[]; complaints: string[] } {
  const seen: { requests: string[]; complaints: string[] } = { requests: [], complaints: [] };
  context.on('request', (request) => seen.requests.push(request.url()));
  context.on('console', (message) => {
    if (message.type() === 'error') seen.complaints.push(message.text());
  });
  return seen;
}
