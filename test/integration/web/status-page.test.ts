import { afterEach, describe, expect, it } from '@jest/globals';
import { aFlag } from '../../support/service/flag.js';
import { type Service, startService } from '../../support/service.js';
import { Visitor } from '../../support/web.js';

let service: Service;
let visitor: Visitor;
afterEach(() => service.stop());

/** Somebody asked for help on the page. Resolves to the path of their status. */
async function asked(options: Parameters<typeof startService>[0] = {}): Promise<string> {
  service = await startService(options);
  visitor = new Visitor(service);
  const { location } = await visitor.post('/help/harness', {});
  return location;
}

const minutes = (count: number): number => count * 60_000;

describe('the status page', () => {
  it('counts whom was tried, and names the next by their role', async () => {
    const status = await asked();
    await service.phones.expectPage('primary');

    await service.passTime(minutes(1));
    await service.phones.expectPage('backup');
    const waiting = await service.eventually(async () => {
      const page = await visitor.get(status);
      if (!page.text.includes('We have tried 2 people')) throw new Error(page.text);
      return page;
    });

    expect(waiting.text).toContain('We have tried 2 people in 1 minute. Next: the supervisor.');
    expect(waiting.text).not.toContain('Quillfeather');
  });

  it('says until when a call is expected once somebody has the case', async () => {
    const status = await asked();
    const page = await service.phones.expectPage('primary');
    await service.phones.reply('primary', page);

    const taken = await visitor.get(status);

    expect(taken.text).toMatch(
      /The on-call clinician has your request\. If we see no call to you by \d+:\d\d [AP]M E[SD]T/,
    );
  });

  it('takes the blame when everybody was tried, and calls the backup only when it does', async () => {
    const status = await asked();
    for (const person of ['primary', 'backup', 'supervisor']) {
      await service.phones.expectPage(person);
      await service.passTime(minutes(1));
    }
    await service.phones.expectPage('backstop');

    const { text } = await visitor.get(status);

    expect(text).toContain('We have not reached your team yet. That is on us.');
    expect(text).toContain('We are also calling the backup line.');
  });

  it('asks again on the same case, and says so', async () => {
    const status = await asked();
    await service.phones.expectPage('primary');
    const form = await visitor.get(status);

    const again = await visitor.post(status, { do: 'again', once: form.field('once') });
    const page = await service.phones.expectPage('primary');

    expect(again.location).toBe(status);
    expect(page.body).toContain('asked again');
    expect(await service.cases()).toHaveLength(1);
    expect((await visitor.get(status)).text).toContain('We told them you asked again.');
  });

  it('notes "I am OK now" and goes on with the case', async () => {
    const status = await asked();
    await service.phones.expectPage('primary');

    await visitor.post(status, { do: 'ok' });

    const [row] = await service.cases();
    expect(row).toMatchObject({ state: 'paging' });
    expect(row!['withdrew_at']).not.toBeNull();
    expect((await visitor.get(status)).text).toContain('Someone will still check in with you.');
  });

  it('takes how and where somebody can be reached, for whoever works the case', async () => {
    const status = await asked();
    const details = { phone: '(202) 555-0155', safe_text: 'yes', address: '12 Canal Street' };

    const sent = await visitor.post(status, { do: 'details', country: 'US', ...details });
    const [row] = await service.cases();
    const file = await service.api('primary').get(`/v1/cases/${row!['id']}`);

    expect((await visitor.get(sent.location)).text).toContain('Your care team can see this now.');
    expect(file.body['contactPoints']).toMatchObject([
      { phone: '(202) 555-0155', safeToText: true, safeToCall: null, onFile: false },
    ]);
    expect(file.body['locations']).toMatchObject([{ country: 'US', address: '12 Canal Street' }]);
  });

  it('keeps details apart by flag when the same person asked twice', async () => {
    const status = await asked();
    await visitor.post(status, { do: 'details', phone: '202-555-0156' });
    const again = await visitor.post('/help/harness', { token: status.split('/').at(-1)! });
    await visitor.post(status, { do: 'details', phone: '202-555-0157' });
    const [row] = await service.cases();

    const file = await service.api('primary').get(`/v1/cases/${row!['id']}`);

    expect(again.location).toBe(status);
    expect(file.body['flags']).toHaveLength(2);
    expect(file.body['contactPoints']).toMatchObject([
      { phone: '202-555-0156' },
      { phone: '202-555-0157' },
    ]);
  });

  it('of an unknown token has numbers and says nothing about anybody', async () => {
    await asked();

    const page = await visitor.get('/help/status/AAAAAAAAAAAAAAAAAAAAAA');
    const broken = await visitor.get('/help/status/%00');

    expect([page.status, broken.status]).toEqual([404, 404]);
    expect(page.html).toContain('href="tel:112"');
  });

  it('is the page that the answer to an app links to, in the language of the flag', async () => {
    await asked();
    const { body } = await service.raiseFlag(
      aFlag({ participant: { externalId: 'reads-spanish', language: 'es-MX' } }),
    );

    const page = await visitor.get(new URL(body.links!.status).pathname);

    expect(page.html).toContain('<html lang="es">');
    expect(page.text).toContain('Tenemos tu pedido.');
  });

  it('makes a new request of the same person after the old one is over', async () => {
    await asked();
    const { body } = await service.raiseFlag();
    const page = await service.phones.expectPage('primary', { ref: body.case!.ref });
    await service.phones.reply('primary', page);
    const staff = service.api('primary');
    const path = `/v1/cases/${body.case!.id}`;
    await staff.post(`${path}/contacts`, { kind: 'call', outcome: 'reached' });
    await staff.post(`${path}/disposition`, { code: 'supported_by_phone' });
    const status = new URL(body.links!.status).pathname;

    const over = await visitor.get(status);
    const again = await visitor.post(status, { do: 'again' });

    expect(over.text).toContain('it is no longer open');
    expect(again.location).not.toBe(status);
    const cases = await service.cases();
    const opened = cases.at(-1)!;
    expect(opened).toMatchObject({ state: 'paging', follows_case_id: body.case!.id });
    expect(opened['participant_id']).toBe(
      cases.find(({ id }) => id === body.case!.id)!['participant_id'],
    );
  });

  it('with the database dead says that the request is still active', async () => {
    const status = await asked({ flakyDatabase: true });
    service.databaseLine.cut(true);

    const page = await visitor.get(status);
    service.databaseLine.pass();
    await service.engineWell();

    expect(page.status).toBe(503);
    expect(page.text).toContain('What you asked for before is still active.');
    expect(page.html).toContain('tel:');
  });
});
