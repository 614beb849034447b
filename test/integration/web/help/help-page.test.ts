import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../../support/service.js';
import { request } from '../../../support/service/requests.js';
import { Visitor } from '../visitor.js';

let service: Service;
let visitor: Visitor;

/** One service for all rows of a group. */
function serviceOf(options: Parameters<typeof startService>[0] = {}): void {
  beforeAll(async () => {
    service = await startService(options);
    visitor = new Visitor(service);
  });
  afterAll(() => service.stop());
}

/** How many cases were opened meanwhile. */
async function casesOpenedBy(work: () => Promise<unknown>): Promise<number> {
  const before = await service.cases();
  await work();
  return (await service.cases()).length - before.length;
}

describe('the help page', () => {
  serviceOf();

  it('shows the danger numbers before the button, with nothing to load from elsewhere', async () => {
    const page = await visitor.get('/help/harness');

    expect(page.status).toBe(200);
    expect(page.html.indexOf('href="tel:911"')).toBeGreaterThan(0);
    expect(page.html.indexOf('href="tel:911"')).toBeLessThan(page.html.indexOf('href="tel:988"'));
    expect(page.html.indexOf('href="sms:988"')).toBeLessThan(page.html.indexOf('I need help now'));
    expect(page.html.match(/<(script|link)[^>]+(src|href)="[^/]/g)).toBeNull();
    expect(page.header('cache-control')).toBe('no-store');
    expect(page.header('referrer-policy')).toBe('no-referrer');
    expect(page.header('content-security-policy')).toContain("default-src 'none'");
    expect(page.header('set-cookie')).toBeNull();
  });

  it('speaks the language of the browser, or the one that was chosen', async () => {
    const byBrowser = await visitor.get('/help/harness', { 'accept-language': 'fr, es-MX;q=0.8' });
    const chosen = await visitor.get('/help/harness?lang=en', { 'accept-language': 'es' });

    expect(byBrowser.html).toContain('<html lang="es">');
    expect(byBrowser.text).toContain('Necesito ayuda ahora');
    expect(byBrowser.text).toContain('Habla con alguien: llama al 988 y marca 2');
    expect(byBrowser.text).toContain('Envía AYUDA al 988');
    expect(byBrowser.text).toContain('Envía AYUDA al 741741');
    expect(byBrowser.text).not.toContain('(envía');
    expect(chosen.html).toContain('<html lang="en">');
  });

  it('is found however its name is spelled in capitals', async () => {
    const page = await visitor.get('/help/HARNESS');
    const asked = await visitor.post('/help/Harness', {});

    expect([page.status, asked.status]).toEqual([200, 303]);
    expect(page.lines).toContain('tel:988');
  });

  it('speaks of a request only where there is one', async () => {
    const before = await visitor.get('/help/harness');
    const lost = await visitor.get('/help/nobody-here');
    const { location } = await visitor.post('/help/harness', {});
    const status = await visitor.get(location);

    for (const page of [before, lost]) {
      expect(page.text).toContain('Leave this page fast');
      expect(page.text).not.toMatch(/your request stays active|does not end your request/);
    }
    expect(status.text).toContain('Leave this page fast (your request stays active)');
    expect(status.text).toContain('Leaving does not end your request.');
  });

  it('of an unknown program has numbers and no button', async () => {
    const page = await visitor.get('/help/nobody-here');

    expect(page.status).toBe(404);
    expect(page.html).toContain('href="tel:112"');
    expect(page.text).toContain('findahelpline.com');
    expect(page.text).not.toContain('I need help now');
  });

  it('that is not there is a page with numbers for a browser, and a problem with resources for a program', async () => {
    const page = await visitor.get('/hepl/harness', { accept: 'text/html,*/*' });
    const problem = await request(`${service.url}/hepl/harness`, { method: 'GET' });
    const api = await request(`${service.url}/v1/nothing`, {
      method: 'GET',
      headers: { accept: 'text/html' },
    });

    expect(page.status).toBe(404);
    expect(page.html).toContain('href="tel:112"');
    expect(page.header('content-security-policy')).not.toBeNull();
    expect(problem.body['resources']).not.toHaveLength(0);
    expect(api.body['code']).toBe('not_found');
  });
});

describe('asking for help', () => {
  serviceOf();

  it('pages the on-call clinician and leads to the status', async () => {
    const form = await visitor.get('/help/harness');

    const asked = await visitor.post('/help/harness', { once: form.field('once') });
    const page = await service.phones.expectPage('primary');
    const status = await visitor.get(asked.location);

    expect(asked.status).toBe(303);
    const [row] = await service.cases();
    expect(row).toMatchObject({ state: 'paging', acuity: 'URGENT', ref: page.ref });
    expect(status.text).toContain('We have your request. We are contacting your care team now.');
    expect(status.html).toContain('href="tel:911"');
  });

  it('opens one case for a double tap and for a reload, and tells both the same', async () => {
    const once = (await visitor.get('/help/harness')).field('once');
    const tap = () => visitor.post('/help/harness', { once });

    const told: string[] = [];

    const opened = await casesOpenedBy(async () => {
      const both = await Promise.all([tap(), tap()]);
      told.push(...[...both, await tap()].map(({ location }) => location));
    });

    expect(opened).toBe(1);
    expect(new Set(told).size).toBe(1);
  });

  it('is a new request of the same person when the page was left open and the case is over', async () => {
    const once = (await visitor.get('/help/harness')).field('once');
    const tap = async () => (await visitor.post('/help/harness', { once })).location;
    const first = await tap();
    const over = (await service.cases()).at(-1)!['id'] as string;
    const staff = service.api('supervisor');
    await staff.post(`/v1/cases/${over}/acknowledgements`);
    await staff.post(`/v1/cases/${over}/disposition`, { code: 'supported_by_phone' });

    const second = await tap();
    const taps = await Promise.all([tap(), tap()]);

    const next = (await service.cases()).at(-1)!;
    expect(next).toMatchObject({ state: 'paging', follows_case_id: over });
    expect(second).not.toBe(first);
    expect(taps).toEqual([second, second]);
    expect((await visitor.get(second)).text).toContain('We are contacting your care team now.');
    const flags = await service.sql('select from flags where case_id = $1', [next['id']]);
    expect(flags).toHaveLength(1);
    await service.phones.expectPage('primary', { ref: next['ref'] as string });
  });

  it('takes two people without a mark for two people', async () => {
    const opened = await casesOpenedBy(async () => {
      await visitor.post('/help/harness', {});
      await visitor.post('/help/harness', {});
    });

    expect(opened).toBe(2);
  });

  it('records where somebody says they are and which lines they saw', async () => {
    await visitor.post('/help/harness', { country: 'CA', region: 'ON', lang: 'es' });

    const flag = (await service.sql('select * from flags order by received_at')).at(-1);
    expect(flag).toMatchObject({ country: 'CA', region: 'ON', language: 'es' });
    expect(flag!['source']).toBe('help_page');
    expect(flag!['resources_shown']).toContain('ca-911');
  });
});

describe('whatever is posted', () => {
  serviceOf();

  it.each([
    ['nothing', '', 'application/x-www-form-urlencoded'],
    ['JSON', '{"once":1}', 'application/json'],
    ['a form of another kind', '--x\r\n\r\n--x--', 'multipart/form-data; boundary=x'],
    ['bytes that are no text', '\u0000\ud800', 'text/plain'],
    ['more than fits', `once=${'x'.repeat(100_000)}`, 'application/x-www-form-urlencoded'],
  ])('is understood when %s was sent', async (_what, body, type) => {
    const headers = { 'content-type': type };
    const post = () => request(`${service.url}/help/harness`, { method: 'POST', body, headers });

    const opened = await casesOpenedBy(async () => {
      expect((await post()).status).toBe(303);
    });

    expect(opened).toBe(1);
  });
});

describe('asking', () => {
  serviceOf();

  it('too often from one connection is merged and never refused', async () => {
    const taps = Array.from({ length: 15 }, () => visitor.post('/help/harness', {}));
    const asked = await Promise.all(taps);

    const merged = asked.filter(({ status }) => status === 202);
    expect(merged).toHaveLength(5);
    expect(asked.filter(({ status }) => status === 303)).toHaveLength(10);
    expect(await service.cases()).toHaveLength(11);
    for (const page of merged) {
      expect(page.lines).toContain('tel:988');
      expect(page.header('location')).toBeNull();
      expect(page.text).toContain('I need help now');
    }
  });

  it('keeps what each of these sent, and pages once for those it put together', async () => {
    const countries = ['CA', 'MX', 'IE', 'AU', 'DE'].flatMap((one) => [one, one, one, one]);
    const before = (await service.sql('select from flags')).length;

    await Promise.all(countries.map((country) => visitor.post('/help/harness', { country })));

    const flags = await service.sql<{ country: string }>(
      'select country from flags order by received_at desc limit 20',
    );
    const shared = await service.sql<{ id: string; pages: number }>(
      `select case_id as id, (select count(*)::int from pages where subject_id = case_id) as pages
         from flags group by case_id having count(*) > 1`,
    );
    expect((await service.sql('select from flags')).length).toBe(before + countries.length);
    expect(flags.map(({ country }) => country).toSorted()).toEqual(countries.toSorted());
    expect(shared).not.toHaveLength(0);
    expect(new Set(shared.map(({ pages }) => pages))).toEqual(new Set([1]));
    const { body: file } = await service.api('primary').get(`/v1/cases/${shared[0]!.id}`);
    expect((file['flags'] as unknown[]).length).toBeGreaterThan(1);
  });
});
