import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { post, stored } from './posting.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const danger = '"danger":{"meansAtHand":true}';
const tooLong = `"text":"${'a'.repeat(70 * 1024)}"}`;

/** What stands complete in front of where the body ends or breaks. */
const endings: [what: string, ending: string, warning: string][] = [
  ['over 64 KB', tooLong, 'truncated'],
  ['cut by the sender', '"text":"it is', 'body_not_json'],
  ['with a quote too many', '"text":"it is "bad""}', 'body_not_json'],
  ['with a field unquoted', 'text: it is bad}', 'body_not_json'],
];

describe.each(endings)('a body %s', (_what, ending, warning) => {
  it('that begins with danger is EMERGENT', async () => {
    const { status, body } = await post(service, { body: `{${danger},${ending}` });

    expect(status).toBe(201);
    expect(body.case).toMatchObject({ acuity: 'EMERGENT' });
    expect((await stored(service, body.flag.id)).warnings).toContain(warning);
  });

  it('that begins with the participant joins the case of that one', async () => {
    const participant = { externalId: `p-${randomUUID()}` };
    const first = await service.raiseFlag({ participant });

    const { body } = await post(service, {
      body: `{"participant":${JSON.stringify(participant)},${ending}`,
    });

    expect(body.case!.id).toBe(first.body.case!.id);
  });

  it('is never less than urgent, whatever its beginning says', async () => {
    const low = '"acuity":"ROUTINE","need":"coaching"';

    const { body } = await post(service, { body: `{${low},${ending}` });

    expect(body.case).toMatchObject({ acuity: 'URGENT', state: 'paging' });
  });
});

it('a participant cut in the middle is the one whose number stood in front', async () => {
  const externalId = `p-${randomUUID()}`;
  const first = await service.raiseFlag({ participant: { externalId } });
  const cut = `{"participant":{"externalId":"${externalId}","name":"${'n'.repeat(70_000)}"}}`;

  const { body } = await post(service, { body: cut });

  expect(body.case!.id).toBe(first.body.case!.id);
});
