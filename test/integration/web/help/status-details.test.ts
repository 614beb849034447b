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

/** Somebody asked for help on the page: the path of their status, and the case it opened. */
async function asked() {
  const { location } = await visitor.post('/help/harness', {});
  const { id } = (await service.cases()).at(-1) as { id: string };
  return { status: location, id };
}

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

it('takes another country alone for a statement, and shows the lines there from then on', async () => {
  const { status, id } = await asked();

  const sent = await visitor.post(status, { do: 'details', country: 'MX' });
  const after = await visitor.get(sent.location);
  const { body: file } = await service.api('primary').get(`/v1/cases/${id}`);

  expect(after.text).toContain('Your care team can see this now.');
  expect(after.lines).toContain('tel:8009112000');
  expect(file['locations']).toMatchObject([{ country: 'MX', region: null, address: null }]);
});

it.each([
  ['nothing', { country: 'US' }, 'There was nothing new to send.'],
  ['only boxes', { country: 'US', safe_text: 'yes' }, 'we do not know which number you mean'],
])('says that nothing was kept when %s was filled in', async (_what, fields, words) => {
  const { status, id } = await asked();

  const sent = await visitor.post(status, { do: 'details', ...fields });
  const after = await visitor.get(sent.location);
  const { body: file } = await service.api('primary').get(`/v1/cases/${id}`);

  expect(after.text).toContain(words);
  expect(after.text).not.toContain('Your care team can see this now.');
  expect([file['contactPoints'], file['locations']]).toEqual([[], []]);
});

it('says which part was kept when a place came with boxes and no number', async () => {
  const { status } = await asked();
  const fields = { do: 'details', address: '12 Canal Street', safe_call: 'yes' };

  const sent = await visitor.post(status, fields);
  const after = await visitor.get(sent.location);

  expect(after.text).toContain('Your care team can see now where you are.');
  expect(after.text).toContain('we do not know which number you mean');
  expect(after.html).toMatch(/name="safe_call"[^>]* checked/);
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
