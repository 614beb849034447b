import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  barriersOf,
  desk,
  inChromium,
  narrow,
  openBrowser,
  phone,
  watch,
} from '../support/browser.js';
import { type Service, startService } from '../support/service.js';

let browser: Browser;
let service: Service;

inChromium(() => {
  beforeAll(async () => {
    [browser, service] = await Promise.all([openBrowser(), startService()]);
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  const visit = async (
    path: string,
    options: Parameters<Browser['newContext']>[0] = phone,
  ): Promise<{ page: Page; context: BrowserContext; seen: ReturnType<typeof watch> }> => {
    const context = await browser.newContext(options);
    const seen = watch(context);
    const page = await context.newPage();
    await page.goto(service.url + path);
    return { page, context, seen };
  };

  it.each([
    ['in English on a phone', { ...phone, locale: 'en-US' }],
    ['in Spanish on a phone', { ...phone, locale: 'es-US' }],
    ['on a desk', desk],
    ['on the narrowest screen', narrow],
    ['in the dark', { ...phone, colorScheme: 'dark' as const }],
  ])('puts no barrier before the help page and the status %s', async (_how, options) => {
    const { page, context, seen } = await visit('/help/harness', options);

    expect(await barriersOf(page)).toEqual([]);
    await page.locator('summary').evaluateAll((all) => {
      for (const summary of all) summary.parentElement!.setAttribute('open', '');
    });
    expect(await barriersOf(page)).toEqual([]);
    await page.click('.ask button');
    await page.waitForURL(/\/help\/status\//);
    expect(await barriersOf(page)).toEqual([]);

    const ours = seen.requests.every((url) => url.startsWith(service.url));
    expect([ours, seen.complaints]).toEqual([true, []]);
    expect(await context.cookies()).toEqual([]);
  });

  it('gives somebody in distress everything without JavaScript', async () => {
    const { page } = await visit('/help/harness', { ...phone, javaScriptEnabled: false });

    await page.click('.ask button');
    await page.waitForURL(/\/help\/status\//);
    await page.fill('input[name=phone]', '202-555-0158');
    await page.check('input[name=safe_call]');
    await page.click('button[value=details]');
    await page.waitForURL(/saved/);

    expect(await page.textContent('main')).toContain('Your care team can see this now.');
    expect(await page.getAttribute('header .exit', 'href')).toBe('https://www.wikipedia.org/');
  });

  it('shows the numbers as links of at least 48 pixels, with the number that is dialed', async () => {
    const { page } = await visit('/help/harness');

    const lines = await page.locator('.lines a').all();
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      const box = await line.boundingBox();
      const number = (await line.locator('.number').textContent()) ?? '';
      expect(box!.height).toBeGreaterThanOrEqual(48);
      expect(await line.getAttribute('href')).toMatch(new RegExp(`^(tel|sms):${number}\\b`));
    }
    const button = await page.locator('.ask button').boundingBox();
    expect(button!.height).toBeGreaterThanOrEqual(48);
  });

  it('is left at once by the link or by Shift three times, with nothing to go back to', async () => {
    for (const how of ['link', 'keys'] as const) {
      const { page, context } = await visit('/help/harness');
      await context.route('https://www.wikipedia.org/**', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<title>elsewhere</title>' }),
      );

      if (how === 'link') await page.click('header .exit');
      else for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift');
      await page.waitForURL('https://www.wikipedia.org/');
      await page.goBack();

      expect(page.url()).not.toContain('/help/');
    }
  });

  it('stays where it is when Shift is only used for writing', async () => {
    const { page } = await visit('/help/harness');
    await page.click('.ask button');
    await page.waitForURL(/\/help\/status\//);

    await page.locator('textarea').pressSequentially('AB C', { delay: 10 });
    for (const key of ['Shift', 'A', 'Shift', 'B', 'Shift']) await page.keyboard.press(key);

    expect(page.url()).toContain('/help/status/');
  });

  it('opens one case with two taps on the button', async () => {
    const before = (await service.cases()).length;
    const { page } = await visit('/help/harness');

    await page.dblclick('.ask button');
    await page.waitForURL(/\/help\/status\//);
    await page.goBack();
    await page.goForward();
    await page.reload();

    expect((await service.cases()).length - before).toBe(1);
  });

  it('shows numbers on every page that went wrong', async () => {
    for (const path of ['/help/nobody', '/help/status/AAAAAAAAAAAAAAAAAAAAAA', '/nothing']) {
      const { page } = await visit(path);

      expect(await page.locator('a[href^="tel:"]').count()).toBeGreaterThan(0);
      expect(await barriersOf(page)).toEqual([]);
    }
  });
});
