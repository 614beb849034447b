import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFlag } from '../../support/service/flag.js';
import { type Service, startService } from '../../support/service.js';
import { Visitor } from './visitor.js';

let service: Service;
let visitor: Visitor;

/** One service for all rows of a group; what each asks for is a case of its own. */
function serviceOf(options: Parameters<typeof startService>[0] = {}): void {
  beforeAll(async () => {
    service = await startService(options);
    visitor = new Visitor(service);
  });
  afterAll(() => service.stop());
}

/** Somebody asked for help on the page: the path of their status, and the case it opened. */
async function asked(form: Record<string, string> = {}) {
  const { location } = await visitor.post('/help/harness', form);
  const { id, ref } = (await service.cases()).at(-1) as { id: string; ref: string };
  return { status: location, id, ref };
}

const caseNow = async (id: string) => (await service.cases()).find((row) => row['id'] === id);

const minutes = (count: number): number => count * 60_000;

describe('the status page, as time passes', () => {
  serviceOf();

  it('counts whom was tried, and names the next by their role', async () => {
    const { status, ref } = await asked();
    await service.phones.expectPage('primary', { ref });

    await service.passTime(minutes(1));
    await service.phones.expectPage('backup', { ref });
    const { text } = await visitor.get(status);

    expect(text).toContain('We have tried 2 people in 1 minute. Next: the supervisor.');
    expect(text).not.toContain('Quillfeather');
  });

  it('takes the blame when everybody was tried, and names the backup once it is called', async () => {
    const { status, ref } = await asked();
    for (const person of ['primary', 'backup', 'supervisor']) {
      await service.phones.expectPage(person, { ref });
      await service.passTime(minutes(1));
    }
    await service.phones.expectPage('backstop', { ref });

    const { text } = await visitor.get(status);

    expect(text).toContain('We have not reached your team yet. That is on us.');
    expect(text).toContain('We are also calling the backup line.');
  });

  it('says until when a call is expected once somebody has the case', async () => {
    const { status, ref } = await asked();
    const page = await service.phones.expectPage('primary', { ref });
    await service.phones.reply('primary', page);

    const { text } = await visitor.get(status);

    expect(text).toMatch(
      /The on-call clinician has your request\. If we see no call to you by \d+:\d\d [AP]M E[SD]T/,
    );
  });
});

describe('the status page', () => {
  serviceOf();

  it('asks again on the same case, and says so', async () => {
    const { status, ref, id } = await asked();
    await service.phones.expectPage('primary', { ref });
    const form = await visitor.get(status);

    const again = await visitor.post(status, { do: 'again', once: form.field('once') });
    const page = await service.phones.expectPage('primary', { ref });

    expect(again.location).toBe(status);
    expect(page.body).toContain('asked again');
    expect((await service.cases()).at(-1)).toMatchObject({ id });
    expect((await visitor.get(status)).text).toContain('We told them you asked again.');
  });

  it('notes "I am OK now" and goes on with the case', async () => {
    const { status, id } = await asked();

    await visitor.post(status, { do: 'ok' });

    const row = await caseNow(id);
    expect(row).toMatchObject({ state: 'paging' });
    expect(row!['withdrew_at']).not.toBeNull();
    expect((await visitor.get(status)).text).toContain('Someone will still check in with you.');
  });

  it('takes how and where somebody can be reached, for whoever works the case', async () => {
    const { status, id } = await asked();
    const details = { phone: '(202) 555-0155', safe_text: 'yes', address: '12 Canal Street' };

    const sent = await visitor.post(status, { do: 'details', country: 'US', ...details });
    const { body: file } = await service.api('primary').get(`/v1/cases/${id}`);

    expect((await visitor.get(sent.location)).text).toContain('Your care team can see this now.');
    expect(file['contactPoints']).toMatchObject([
      { phone: '(202) 555-0155', safeToText: true, safeToCall: null, onFile: false },
    ]);
    expect(file['locations']).toMatchObject([{ country: 'US', address: '12 Canal Street' }]);
  });

  it('shows the details of both when the same person asked twice', async () => {
    const { status, id } = await asked();
    const token = status.split('/').at(-1)!;
    await visitor.post(status, { do: 'details', phone: '202-555-0156' });
    const again = await visitor.post('/help/harness', { token });
    await visitor.post(status, { do: 'details', phone: '202-555-0157' });

    const { body: file } = await service.api('primary').get(`/v1/cases/${id}`);

    expect(again.location).toBe(status);
    expect(file['flags']).toHaveLength(2);
    expect(file['contactPoints']).toMatchObject([
      { phone: '202-555-0156' },
      { phone: '202-555-0157' },
    ]);
  });

  it('says plainly when so much came at once that the last part was not kept', async () => {
    const { status } = await asked();
    const send = () => visitor.post(status, { do: 'details', phone: '202-555-0159' });
    let sent = await send();
    for (let count = 1; count < 11; count += 1) sent = await send();

    expect((await visitor.get(sent.location)).text).toContain('we did not keep the last part');
  });

  it('of an unknown token has numbers and says nothing about anybody', async () => {
    const page = await visitor.get('/help/status/AAAAAAAAAAAAAAAAAAAAAA');
    const broken = await visitor.get('/help/status/%00');

    expect([page.status, broken.status]).toEqual([404, 404]);
    expect(page.html).toContain('href="tel:112"');
  });

  it('is the page that the answer to an app links to, in the language of the flag', async () => {
    const { body } = await service.raiseFlag(
      aFlag({ participant: { externalId: 'reads-spanish', language: 'es-MX' } }),
    );

    const page = await visitor.get(new URL(body.links!.status).pathname);

    expect(page.html).toContain('<html lang="es">');
    expect(page.text).toContain('Tenemos tu pedido.');
  });

  it('makes a new request of the same person after the old one is over', async () => {
    const { body } = await service.raiseFlag();
    const { id } = body.case!;
    const staff = service.api('primary');
    for (const [what, fields] of [
      ['acknowledgements', {}],
      ['contacts', { kind: 'call', outcome: 'reached' }],
      ['disposition', { code: 'supported_by_phone' }],
    ] as const) {
      expect((await staff.post(`/v1/cases/${id}/${what}`, fields)).status).toBe(201);
    }
    const status = new URL(body.links!.status).pathname;

    const over = await visitor.get(status);
    const again = await visitor.post(status, { do: 'again' });

    expect(over.text).toContain('it is no longer open');
    expect(again.location).not.toBe(status);
    const opened = (await service.cases()).at(-1)!;
    expect(opened).toMatchObject({ state: 'paging', follows_case_id: id });
    expect(opened['participant_id']).toBe((await caseNow(id))!['participant_id']);
  });
});

describe('the status page with the database dead', () => {
  serviceOf({ flakyDatabase: true });

  it('says that the request is still active, above the lines it had before', async () => {
    const [home, abroad] = [await asked(), await asked({ country: 'AU' })];
    const pathAbroad = new URL(abroad.status, service.url).pathname;
    const before = [await visitor.get(home.status), await visitor.get(pathAbroad)];
    service.databaseLine.cut(true);

    const after = [await visitor.get(home.status), await visitor.get(pathAbroad)];
    service.databaseLine.pass();
    await service.engineWell();

    expect(after.map(({ status }) => status)).toEqual([503, 503]);
    expect(after[0]!.text).toContain('What you asked for before is still active.');
    expect(after[0]!.text).toContain('Check again');
    expect(before[0]!.lines).toContain('tel:988');
    expect(before[1]!.lines).toContain('tel:000');
    expect(after.map(({ lines }) => lines)).toEqual(before.map(({ lines }) => lines));
  });

  it('says that nothing was kept, and sends the same again on one tap', async () => {
    const { status } = await asked();
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
});
