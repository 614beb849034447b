import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFlag } from '../../../support/service/flag.js';
import { type Service, startService } from '../../../support/service.js';
import { Visitor } from '../visitor.js';

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

  it('says so when somebody had the case and the next one is asked', async () => {
    const { status, ref, id } = await asked();
    const page = await service.phones.expectPage('primary', { ref });
    await service.phones.reply('primary', page);

    await service.passTime(minutes(6));
    await service.eventually(async () => (await caseNow(id))!['state'] === 'paging');
    const { text } = await visitor.get(status);

    expect(text).toContain('Someone on your care team had your request.');
    expect(text).toContain('After that: the supervisor.');
    expect(text).not.toContain('We have not reached your team yet.');
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
    expect(over.text).toContain('it is no longer open');
    expect(over.text).not.toContain('I am OK now');
    expect(over.text).not.toContain('Someone will still check in with you');
    expect(over.text).not.toContain('your request stays active');
    const ok = await visitor.post(status, { do: 'ok' });
    const afterwards = await visitor.get(ok.location);
    expect(afterwards.text).toContain('Thank you for telling us.');
    expect(afterwards.text).not.toContain('Someone will still check in with you');
    const again = await visitor.post(status, { do: 'again' });
    expect(again.location).not.toBe(status);
    const opened = (await service.cases()).at(-1)!;
    expect(opened).toMatchObject({ state: 'paging', follows_case_id: id });
    expect(opened['participant_id']).toBe((await caseNow(id))!['participant_id']);
  });
});
