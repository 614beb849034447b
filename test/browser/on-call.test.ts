import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
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
import { aProgramToLookAt, inDays } from '../integration/web/on-call/place.js';
import { emailOf, givePasswords, password } from '../integration/web/visitor.js';

let browser: Browser;
let service: Service;

type Options = Parameters<Browser['newContext']>[0];

const pages = ['', '/overrides', '/swaps', '/coverage', '/simulation', '/check-ins', '/calendar'];

/** How many fields reach into the padding of the card in which they stand. */
function fieldsBeyondTheirCard(page: Page): Promise<number> {
  return page.evaluate<number>(
    `[...document.querySelectorAll('.card :is(input, select)')].filter((field) => {
       const card = field.closest('.card').getBoundingClientRect();
       return field.getBoundingClientRect().right > card.right - 16;
     }).length`,
  );
}

inChromium(() => {
  beforeAll(async () => {
    const program = aProgramToLookAt();
    [browser, service] = await Promise.all([openBrowser(), startService({ program })]);
    await givePasswords(service);
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  async function signedIn(person: string, options: Options) {
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

  const look = async (page: Page): Promise<void> => expect(await barriersOf(page)).toEqual([]);

  it.each([
    ['on a phone', phone],
    ['on a desk', desk],
  ])('overrides who is on call, and sees who is called %s', async (_where, options) => {
    const { page, seen } = await signedIn('supervisor', options);
    await page.click('nav >> text=On call');
    await look(page);
    const name = (await page.locator('.steps .person').first().textContent())!;
    await page.click('nav >> text=Overrides');
    await page.click('nav >> text=primary on call');
    await page.selectOption('[name=outgoing]', { label: name });
    await page.selectOption('[name=incoming]', { label: 'Zebulon backup Quillfeather' });
    await page.fill('[name=to]', await inDays(service, 2));
    await page.fill('[name=reason]', 'A day at the dentist');
    await page.click('text=Show what it would do');
    await page.waitForSelector('h3 >> text=What it would do');
    await look(page);
    await page.click('text=Make this override');
    await page.waitForURL(/done=made/);
    await look(page);

    await page.click('nav >> text=Who is on call');
    const first = (await page.locator('.steps > li').first().textContent())!;
    expect(first).toMatch(/backup Quillfeather.*Schedule primary, override in place of/);
    const { body } = await service.raiseFlag();
    await service.phones.expectPage('backup', { ref: body.case!.ref });
    await page.goto(`${service.url}/on-call/overrides?program=harness&schedule=primary`);
    await page.click('button >> text=End now');
    await page.waitForURL(/done=taken-back/);
    expect(seen.complaints).toEqual([]);
  });

  it('swaps shifts between two people, one on a desk and one on a phone', async () => {
    const one = await signedIn('primary', desk);
    await one.page.goto(`${service.url}/on-call/swaps?program=harness`);
    await look(one.page);
    await one.page.click('.shifts a >> nth=0');
    const options = one.page.locator('[name=with] option', { hasText: 'clinician-1' });
    await one.page.selectOption('[name=with]', await options.nth(1).getAttribute('value'));
    await one.page.fill('[name=reason]', 'A wedding');
    await one.page.click('text=Show what it would do');
    await one.page.waitForSelector('h3 >> text=What it would do');
    await look(one.page);
    await one.page.click('text=Ask for this swap');
    await one.page.waitForURL(/done=requested/);
    await look(one.page);

    const other = await signedIn('clinician-1', phone);
    await other.page.goto(`${service.url}/on-call/swaps?program=harness`);
    await look(other.page);
    await other.page.click('button >> text=Accept');
    await other.page.waitForURL(/done=accept/);
    await look(other.page);
    await one.page.goto(`${service.url}/on-call`);
    const marks = one.page.locator('.blocks .mark', { hasText: 'Swap: instead of' });
    expect(await marks.count()).toBeGreaterThan(0);
  });

  it('looks at a week of the simulation and plays its worst moment', async () => {
    const { page } = await signedIn('primary', desk);
    await service.sql(
      `update contact_methods set disabled_at = handrail_now()
        where staff_id = (select id from staff where key = 'clinician-1')`,
    );
    await page.goto(`${service.url}/on-call/simulation?program=harness&nth=2`);
    await look(page);
    expect(await page.locator('.heat tbody tr').count()).toBe(7);
    await page.click('text=Play it >> nth=0');
    await page.selectOption('[name=nth]', '3');
    await page.click('button >> text=Play it');
    await page.waitForURL(/nth=3/);
    await look(page);
  });

  it.each([
    ['on 320 pixels', narrow],
    ['in the dark', { ...desk, colorScheme: 'dark' as const }],
  ])('keeps every page usable %s', async (_how, options) => {
    const { page, seen } = await signedIn('supervisor', options);
    for (const path of pages) {
      await page.goto(`${service.url}/on-call${path}?program=harness`);
      expect([path, await barriersOf(page)]).toEqual([path, []]);
      expect([path, await fieldsBeyondTheirCard(page)]).toEqual([path, 0]);
    }
    expect(seen.complaints).toEqual([]);
  });
});
