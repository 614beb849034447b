import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { handrail } from '../../../support/handrail.js';
import { type Service, startService } from '../../../support/service.js';
import { aFlag } from '../../../support/service/flag.js';
import { Visitor } from '../visitor.js';

let service: Service;
let visitor: Visitor;
let people = 0;

beforeAll(async () => {
  service = await startService();
  visitor = new Visitor(service);
});
afterAll(() => service.stop());

/** Somebody the program's app has spoken of, whose case is closed again or open. */
async function participant(): Promise<{ externalId: string; id: string; caseId: string }> {
  people += 1;
  const externalId = `own-page-${people}`;
  const { body } = await service.raiseFlag(aFlag({ participant: { externalId } }));
  const caseId = body.case?.id ?? '';
  const [row] = await service.sql('select participant_id as id from cases where id = $1', [caseId]);
  return { externalId, id: String(row?.['id']), caseId };
}

/** The path of a new link, as the operator's command prints it. */
async function newLink(externalId: string): Promise<string> {
  const args = ['--program', 'harness', '--participant', externalId];
  const { code, said } = await handrail(service.database, 'help-links', 'create', ...args);
  expect(code).toBe(0);
  return new URL(said.trim()).pathname;
}

const caseOfNewest = async () =>
  (await service.sql('select case_id, participant_id from flags order by received_at desc, id'))[0];

it('joins the open case of the participant whose link it is, without any question', async () => {
  const { externalId, id, caseId } = await participant();
  const link = await newLink(externalId);

  const asked = await visitor.post(link, {});

  expect(asked.status).toBe(303);
  expect(asked.location).toMatch(/^\/help\/status\//);
  expect(await caseOfNewest()).toEqual({ case_id: caseId, participant_id: id });
});

it('looks like the page of everybody, whoever the link belongs to', async () => {
  const { externalId } = await participant();
  const link = await newLink(externalId);
  const words = (html: string) => html.replaceAll(/\/help\/[\w/-]+|value="[^"]*"/g, '');

  const own = await visitor.get(link);
  const nobodys = await visitor.get(`${link.slice(0, -2)}AA`);
  const everybodys = await visitor.get('/help/harness');

  expect([own.status, nobodys.status]).toEqual([200, 200]);
  expect(words(own.html)).toBe(words(everybodys.html));
  expect(words(nobodys.html)).toBe(words(everybodys.html));
});

it.each([
  ['a link that was made up', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['a link that is none', 'help me please'],
  ['a link that was replaced by a newer one', null],
])('takes %s for somebody new, who is paged for all the same', async (_which, made) => {
  const { externalId, caseId } = await participant();
  const link = made === null ? await newLink(externalId) : `/help/harness/${encodeURI(made)}`;
  await newLink(externalId);

  const asked = await visitor.post(link, {});

  expect(asked.status).toBe(303);
  const newest = await caseOfNewest();
  expect(newest?.['participant_id']).toBeNull();
  expect(newest?.['case_id']).not.toBe(caseId);
});

it('keeps asking possible for somebody who asks again and again, in one case', async () => {
  const { externalId, caseId } = await participant();
  const link = await newLink(externalId);

  for (let tap = 0; tap < 14; tap += 1) {
    const asked = await visitor.post(link, {});
    expect(asked.location).toMatch(/^\/help\/status\//);
  }

  expect((await caseOfNewest())?.['case_id']).toBe(caseId);
});

it('is made for nobody who is unknown', async () => {
  const args = ['--program', 'harness', '--participant', 'nobody'];
  const { code, said } = await handrail(service.database, 'help-links', 'create', ...args);

  expect(code).toBe(64);
  expect(said).toContain('There is no such participant.');
});
