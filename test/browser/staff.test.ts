import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, desk, inChromium, openBrowser, phone, watch } from '../support/browser.js';
import { aFlag } from '../support/service/flag.js';
import { type Service, startService } from '../support/service.js';
import { aProgramWithEmail, emailOf, givePasswords, password } from '../integration/web/visitor.js';

let browser: Browser;
let service: Service;

inChromium(() => {
  beforeAll(async () => {
    const program = aProgramWithEmail();
    [browser, service] = await Promise.all([openBrowser(), startService({ program })]);
    await givePasswords(service);
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  async function signedIn(person: string, options: Parameters<Browser['newContext']>[0]) {
    const context = await browser.newContext(options);
    const seen = watch(context);
    const page = await context.newPage();
    await page.goto(`${service.url}/sign-in`);
    await page.fill('[name=email]', emailOf(person));
    await page.fill('[name=password]', password);
    await page.click('main button');
    await page.waitForURL(/\/cases/);
    return { page, seen };
  }

  async function fill(page: Page, action: string, fields: Record<string, string>): Promise<void> {
    const form = page.locator(`form[action$="/${action}"]`);
    const details = page.locator('details', { has: form });
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
    for (const [name, value] of Object.entries(fields)) {
      const field = form.locator(`[name=${name}]`);
      const isChoice = (await field.evaluate((one) => one.tagName)) === 'SELECT';
      await (isChoice ? field.selectOption(value) : field.fill(value));
    }
    await form.locator('button').click();
    await page.waitForURL(new RegExp(`done=${action}`));
  }

  it.each([
    ['on a phone', phone],
    ['on a desk', desk],
    ['in the dark', { ...desk, colorScheme: 'dark' as const }],
  ])('works a case to its end %s', async (_where, options) => {
    const { body } = await service.raiseFlag(aFlag({ location: { country: 'CA', region: 'ON' } }));
    const { page, seen } = await signedIn('supervisor', options);
    const look = async (): Promise<void> => expect(await barriersOf(page)).toEqual([]);

    await page.goto(`${service.url}/cases/${body.case!.id}`);
    await look();
    await page.click('text=Take this case');
    await page.waitForURL(/done=take/);
    await look();
    await fill(page, 'contacts', { kind: 'call', outcome: 'reached', note: 'We talked.' });
    await fill(page, 'disposition', { code: 'supported_by_phone' });
    const inThirtyDays = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 16);
    await fill(page, 'follow-up', { when: inThirtyDays });
    await look();
    await fill(page, 'close', {});
    await look();

    const rows = await service.cases();
    expect(rows.find(({ id }) => id === body.case!.id)).toMatchObject({ state: 'closed' });
    expect(seen.complaints).toEqual([]);
    expect(seen.requests.every((url) => url.startsWith(service.url))).toBe(true);
  });

  it('shows a refusal beside the form, with what was typed still there', async () => {
    const { body } = await service.raiseFlag();
    const { page } = await signedIn('primary', phone);
    await page.goto(`${service.url}/cases/${body.case!.id}`);
    const form = page.locator('form[action$="/disposition"]');

    await page.locator('details', { has: form }).locator('summary').click();
    await form.locator('select').selectOption('unable_to_reach_closed_by_supervisor');
    await form.locator('textarea').fill('typed at length');
    await form.locator('button').click();
    await page.waitForURL(/\/disposition$/);

    expect(await page.locator('[role=alert]').textContent()).toContain('Only a supervisor');
    expect(await form.locator('textarea').inputValue()).toBe('typed at length');
    expect(await barriersOf(page)).toEqual([]);
  });

  it.each([
    ['on a phone', phone],
    ['on a desk', desk],
  ])('reloads the board by itself until it is held still, %s', async (_w, how) => {
    await service.raiseFlag();
    const { page } = await signedIn('supervisor', how);

    await page.goto(`${service.url}/supervise`);
    // The page offers to hold it still, which is what the rule asks of a page that reloads.
    expect(await barriersOf(page, ['meta-refresh'])).toEqual([]);
    await page.click('text=Hold it still');
    await page.waitForURL(/still/);

    expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(0);
    expect(await barriersOf(page)).toEqual([]);
  });

  it('takes an answer from the link of a page without signing in', async () => {
    const { body } = await service.raiseFlag();
    const { link } = await service.phones.expectPage('primary', { ref: body.case!.ref });
    const page = await (await browser.newContext(phone)).newPage();

    await page.goto(link);
    expect(await barriersOf(page)).toEqual([]);
    await page.click('text=Take this case');
    await page.waitForSelector('text=You have taken this case');

    expect(await barriersOf(page)).toEqual([]);
    expect(await page.textContent('body')).not.toMatch(/canary/i);
  });

  it('asks to sign in, and says so plainly when it failed', async () => {
    const page = await (await browser.newContext(phone)).newPage();

    await page.goto(`${service.url}/cases`);
    expect(await barriersOf(page)).toEqual([]);
    await page.fill('[name=email]', 'nobody@harness.example');
    await page.fill('[name=password]', 'not the right one');
    await page.click('main button');
    await page.waitForSelector('[role=alert]');

    expect(await barriersOf(page)).toEqual([]);
  });
});
