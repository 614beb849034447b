import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type PhoneLab, startPhoneLab } from '../../support/phone-lab.js';

let lab: PhoneLab;

beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.stop());

it('reloads only when asked to where there is no script, so that a reply can be typed', async () => {
  const html = await (await fetch(`${lab.url}/lab`)).text();

  expect(html).not.toContain('http-equiv="refresh"');
  expect(html).toMatch(/<noscript>.*<a href="\/lab">Look again<\/a>.*<\/noscript>/s);
});
