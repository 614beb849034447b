import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Service, startService } from '../../../support/service.js';
import { Visitor } from '../visitor.js';

let service: Service;
let visitor: Visitor;

beforeAll(async () => {
  service = await startService({ flakyDatabase: true });
  visitor = new Visitor(service);
});
afterAll(() => service.stop());

it('keeps the lines of the help page, where asking is answered honestly, with a button to try again', async () => {
  const form = await visitor.get('/help/harness');
  const once = form.field('once');
  service.databaseLine.cut(true);

  const shown = await visitor.get('/help/harness');
  const asked = await visitor.post('/help/harness', { once });
  const abroad = await visitor.post('/help/harness', { once, country: 'AU', lang: 'es' });
  service.databaseLine.pass();
  await service.engineWell();

  expect(form.lines).toEqual(['tel:911', 'tel:988', 'sms:988']);
  expect([shown.status, shown.lines]).toEqual([200, form.lines]);
  expect([asked.status, asked.lines]).toEqual([503, form.lines]);
  expect(asked.header('retry-after')).not.toBeNull();
  expect(asked.text).toContain('We could not store your request, and nobody has been alerted.');
  expect(asked.field('once')).toBe(once);
  expect(asked.text).toContain('I need help now');
  expect(abroad.html).toContain('<html lang="es">');
  expect(abroad.lines[0]).toBe('tel:000');
  expect(abroad.field('country')).toBe('AU');
  expect(await service.cases()).toHaveLength(0);
});

it('says on the status page that the request is still active, above the lines it had before', async () => {
  const home = (await visitor.post('/help/harness', {})).location;
  const { location } = await visitor.post('/help/harness', { country: 'AU' });
  const abroad = new URL(location, service.url).pathname;
  const before = [await visitor.get(home), await visitor.get(abroad)];
  service.databaseLine.cut(true);

  const after = [await visitor.get(home), await visitor.get(abroad)];
  service.databaseLine.pass();
  await service.engineWell();

  expect(after.map(({ status }) => status)).toEqual([503, 503]);
  expect(after[0]!.text).toContain('What you asked for before is still active.');
  expect(after[0]!.text).toContain('Check again');
  expect(before[0]!.lines).toContain('tel:988');
  expect(before[1]!.lines).toContain('tel:000');
  expect(after.map(({ lines }) => lines)).toEqual(before.map(({ lines }) => lines));
});

it('says that nothing was kept of an addition, and sends the same again on one tap', async () => {
  const { location: status } = await visitor.post('/help/harness', {});
  const details = { do: 'details', phone: '202-555-0151', safe_call: 'yes' };
  service.databaseLine.cut(true);

  const failed = await visitor.post(status, details);
  service.databaseLine.pass();
  await service.engineWell();

  expect([failed.status, failed.lines]).toEqual([503, ['tel:911', 'tel:988', 'sms:988']]);
  expect(failed.text).toContain('We could not keep this.');
  expect(failed.text).toContain('Try again');
  for (const [name, value] of Object.entries(details)) expect(failed.field(name)).toBe(value);
});
