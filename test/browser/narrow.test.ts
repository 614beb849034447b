import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { inChromium, narrow, openBrowser } from '../support/browser.js';
import { aFlag } from '../support/service/flag.js';
import { type Service, startService } from '../support/service.js';
import { aProgramWithEmail, emailOf, givePasswords, password } from '../integration/web/visitor.js';

let browser: Browser;
let service: Service;

/** Pixels of the page that lie beside a screen of 320, with everything unfolded. */
async function overhang(page: Page): Promise<number> {
  return page.evaluate<number>(
    `for (const each of document.querySelectorAll('details')) each.open = true;
     Math.max(0, document.scrollingElement.scrollWidth - innerWidth)`,
  );
}

inChromium(() => {
  let page: Page;

  beforeAll(async () => {
    const program = aProgramWithEmail();
    [browser, service] = await Promise.all([openBrowser(), startService({ program })]);
    await givePasswords(service);
    page = await (await browser.newContext(narrow)).newPage();
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  const overhangOf = async (path: string): Promise<[string, number]> => {
    await page.goto(service.url + path);
    return [path, await overhang(page)];
  };

  it.each(['en', 'es'])('fits every page of a participant on 320 pixels, in %s', async (lang) => {
    const { body } = await service.raiseFlag(
      aFlag({ participant: { externalId: randomUUID(), language: lang } }),
    );
    const status = new URL(body.links!.status).pathname;
    const paths = [
      `/help/harness?lang=${lang}&audience=veterans&audience=deaf`,
      `/help/harness?lang=${lang}&country=BG`,
      `/help/nobody?lang=${lang}`,
      `${status}?lang=${lang}&said=place&ticked=call`,
      `${status}?lang=${lang}&country=AU`,
      `/help/status/AAAAAAAAAAAAAAAAAAAAAA?lang=${lang}`,
    ];

    for (const path of paths) expect(await overhangOf(path)).toEqual([path, 0]);
  });

  it('fits every page of staff on 320 pixels', async () => {
    const danger = { meansAtHand: true, within: '24h' };
    const screener = { instrument: 'C-SSRS', answers: { q2: 'a'.repeat(80) } };
    const participant = { externalId: randomUUID(), name: 'Longname'.repeat(8) };
    const { body } = await service.raiseFlag(aFlag({ danger, screener, participant }));
    const { id, ref } = body.case!;
    const agency = 'Mobilecrisisteam'.repeat(4);
    const called = { agency, number: '202-555-0199', consent: 'yes' };
    const dispatch = { ...called, alternativesTried: 'talked' };
    const sent = await service.api('supervisor').post(`/v1/cases/${id}/dispatches`, dispatch);
    expect(sent.status).toBe(201);
    const { link } = await service.phones.expectPage('primary', { ref });
    for (const path of ['/sign-in', new URL(link).pathname, '/r/AAAAAAAAAAAAAAAAAAAAAA']) {
      expect(await overhangOf(path)).toEqual([path, 0]);
    }
    await page.goto(`${service.url}/sign-in`);
    await page.fill('[name=email]', emailOf('supervisor'));
    await page.fill('[name=password]', password);
    await page.click('main button');
    await page.waitForURL(/\/cases/);

    for (const path of ['/cases', '/supervise', `/cases/${id}`, `/cases/${randomUUID()}`]) {
      expect(await overhangOf(path)).toEqual([path, 0]);
    }
  });
});
