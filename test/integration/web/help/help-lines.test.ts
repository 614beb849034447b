import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Service, startService } from '../../../support/service.js';
import { Visitor } from '../visitor.js';

let service: Service;
let visitor: Visitor;

beforeAll(async () => {
  service = await startService();
  visitor = new Visitor(service);
});
afterAll(() => service.stop());

const openList = /<details class="more" open><summary>(More options|Más opciones)</;

it('shows the lines of the country somebody says they are in', async () => {
  const page = await visitor.get('/help/harness?country=AU');

  expect(page.html).toContain('href="tel:000"');
  expect(page.html).not.toContain('href="tel:988"');
  expect(page.text).toContain('Australia');
});

it('of a country without a line of its own says so, and opens the list of others', async () => {
  const home = await visitor.get('/help/harness');
  const union = await visitor.get('/help/harness?country=BG');
  const unlisted = await visitor.get('/help/harness?country=PE&lang=es');

  expect(union.text).toContain('We know no crisis line in Bulgaria yet.');
  expect(union.text).not.toContain('These services answer there');
  expect(union.lines).toEqual(['tel:112']);
  expect(union.html).toMatch(openList);
  expect(union.text).toContain('findahelpline.com');
  expect(unlisted.text).toContain('Todavía no conocemos una línea de crisis en Perú.');
  expect(unlisted.html).toMatch(openList);
  expect(home.html).not.toMatch(openList);
});

it('adds lines for those who say who they are, beside the general one', async () => {
  const page = await visitor.get('/help/harness?audience=veterans');

  expect(page.text).toContain('Veterans Crisis Line');
  expect(page.html).toContain('href="tel:988"');
  expect(page.html).toMatch(openList);
});

it.each([
  ['poison', 'tel:18002221222'],
  ['child_protection', 'tel:18004224453'],
  ['disaster', 'tel:18009855990'],
])('has a way to lines for %s', async (audience, line) => {
  const before = await visitor.get('/help/harness');
  const page = await visitor.get(`/help/harness?audience=${audience}`);

  expect(before.html).toContain(`name="audience" value="${audience}"`);
  expect(before.html).not.toContain(line);
  expect(page.html).toContain(line);
  expect(page.lines).toContain('tel:988');
});
