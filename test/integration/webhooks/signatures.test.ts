import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Service, startService } from '../../support/service.js';
import { aProgramWithCalls, caseOf, sign } from '../pages/staff-phone.js';
import {
  endCalls,
  isUntouched,
  kinds,
  raiseAndPickUp,
  send,
  storedCallbacks,
  type Waiting,
} from './waiting.js';

let service: Service;
let waiting: Waiting;

beforeAll(async () => {
  service = await startService({ program: aProgramWithCalls() });
});

beforeEach(async () => {
  waiting = await raiseAndPickUp(service);
});

afterEach(async () => {
  await endCalls(service);
  await service.check();
});

afterAll(() => service.stop());

async function expectRefused(answer: Promise<{ status: number; body: string }>) {
  expect(await answer).toEqual({ status: 403, body: '' });
}

async function orphansOf(nonce: string): Promise<string[]> {
  const rows = await service.sql<{ kind: string }>(
    `select kind from provider_callbacks where nonce = $1 and outcome = 'orphan' order by kind`,
    [nonce],
  );
  return rows.map(({ kind }) => kind);
}

describe('a callback that the provider did not sign', () => {
  it('is refused without a word and changes nothing, whatever it is about', async () => {
    const before = await storedCallbacks(service);

    for (const kind of kinds) {
      const callback = waiting[kind];
      const right = sign(service.url + callback.path, callback.params);
      const { CallSid, ...fewer } = { CallSid: '', ...callback.params };
      await expectRefused(send(service, callback, { signature: null }));
      await expectRefused(send(service, callback, { signature: '' }));
      await expectRefused(send(service, callback, { signature: 'AAAA' }));
      await expectRefused(send(service, callback, { signature: right.toLowerCase() }));
      const stolen = sign(service.url + callback.path, callback.params, 'another-token');
      await expectRefused(send(service, callback, { signature: stolen }));
      await expectRefused(
        send(service, callback, { params: { ...callback.params, Extra: '1' }, signature: right }),
      );
      await expectRefused(
        send(service, callback, { params: { ...fewer, From: CallSid }, signature: right }),
      );
    }

    expect(await storedCallbacks(service)).toBe(before);
    expect(await isUntouched(service, waiting.caseId)).toBe(true);
    const samples = await service.sql(
      `select from audit.audit_events where action = 'webhook.refused' and outcome = 'denied'`,
    );
    expect(samples.length).toBe(1);
  });

  it('is refused before anybody looks at what kind of body it has', async () => {
    const { path } = waiting.key;
    const bodies: [type: string | null, body: string][] = [
      [null, ''],
      ['text/plain', 'hello'],
      ['application/json', '{'],
      [';;;', 'x'],
      ['application/x-www-form-urlencoded', `a=${'b'.repeat(70_000)}`],
    ];
    for (const [type, body] of bodies) {
      const headers = { ...(type !== null && { 'content-type': type }) };
      const sent = { method: 'POST', body: new Blob([body]), headers };
      const response = await fetch(service.url + path, sent);
      const said = await response.text();
      expect({ type, status: response.status, said }).toEqual({ type, status: 403, said: '' });
    }
  });

  it('is refused when it was signed for another address', async () => {
    const { host } = new URL(service.url);
    for (const kind of kinds) {
      const { path } = waiting[kind];
      for (const signedUrl of [
        `https://${host}${path}`,
        `http://${host}/${path}`,
        `http://internal.example${path}`,
        `http://${host}${path}#rc=3&rp=all`,
        path,
      ]) {
        await expectRefused(send(service, waiting[kind], { signedUrl }));
      }
    }
    expect(await isUntouched(service, waiting.caseId)).toBe(true);
  });

  it('is judged by our configured address, whatever a proxy or a stranger says', async () => {
    const { key, receipt } = waiting;
    const headers = { 'x-forwarded-host': 'other.example', 'x-forwarded-proto': 'https' };

    await expectRefused(
      send(service, key, { headers, signedUrl: `https://other.example${key.path}` }),
    );
    const behindProxy = await send(service, receipt, { headers });

    expect(behindProxy.status).toBe(204);
    expect(await isUntouched(service, waiting.caseId)).toBe(true);
  });

  it('cannot be made from another round, another call or another page', async () => {
    const { key } = waiting;
    const signature = sign(service.url + key.path, key.params);
    const elsewhere = { ...key, path: key.path.replace('round=1', 'round=2') };

    await expectRefused(send(service, elsewhere, { signature }));
    await expectRefused(
      send(service, { ...key, path: `/webhooks/twilio/keys/${'n'.repeat(22)}` }, { signature }),
    );
    expect(await isUntouched(service, waiting.caseId)).toBe(true);
  });
});

describe('a callback whose signature fits', () => {
  it('takes nothing by a field that only looks like a pressed key', async () => {
    const { key } = waiting;
    const signature = sign(service.url + key.path, key.params);
    const { Digits: _, ...others } = key.params;
    const slid = { ...others, Digits1: '' };

    const answer = await send(service, { ...key, params: slid }, { signature });

    expect(answer.status).toBe(200); // The same letters in a row have the same signature.
    expect(answer.body).toContain('<Gather');
    expect(await isUntouched(service, waiting.caseId)).toBe(true);
  });

  it('says nothing by fields that only look like those of a receipt', async () => {
    const { receipt } = waiting;
    const signature = sign(service.url + receipt.path, receipt.params);
    const { CallSid, ...others } = receipt.params;
    const slid = { ...others, [`CallSid${CallSid}`]: '' };
    const before = await service.sql('select * from page_attempts order by id');

    const answer = await send(service, { ...receipt, params: slid }, { signature });

    expect(answer.status).toBe(204);
    expect(await service.sql('select * from page_attempts order by id')).toEqual(before);
  });

  it('counts the first of several values of one field, which is the one that was signed', async () => {
    const { key } = waiting;
    const signed = { ...key.params, Digits: '7' };
    const body = new URLSearchParams(signed);
    body.append('Digits', '1');

    const response = await fetch(service.url + key.path, {
      method: 'POST',
      body: body.toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': sign(service.url + key.path, signed),
      },
    });

    expect(response.status).toBe(200);
    expect(await isUntouched(service, waiting.caseId)).toBe(true);
  });

  it('is understood with fields that the provider adds one day', async () => {
    const { key } = waiting;
    const answer = await send(service, { ...key, params: { ...key.params, StirVerstat: 'A' } });

    expect(answer.body).toContain('You have taken the case.');
    expect(await caseOf(service, waiting.caseId)).toMatchObject({ owner: 'primary' });
  });

  it('about a call of another name takes nothing, and keeps nobody from taking it', async () => {
    const { key } = waiting;
    for (const CallSid of [`CA${'0'.repeat(32)}`, 'CA1', '']) {
      const answer = await send(service, { ...key, params: { ...key.params, CallSid } });
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('This page is not known.');
    }
    expect(await isUntouched(service, waiting.caseId)).toBe(true);

    const right = await send(service, key);
    expect(right.body).toContain('You have taken the case.');
    const nonce = /keys\/([^?]+)/.exec(key.path)?.[1] ?? '';
    expect(await orphansOf(nonce)).toEqual(['keys', 'keys', 'keys']);
  });

  it('about an attempt that is none of ours is kept as an orphan', async () => {
    const nonce = 'n'.repeat(22);
    const receipt = { ...waiting.receipt, path: `/webhooks/twilio/receipts/${nonce}` };

    const statuses = [(await send(service, receipt)).status, (await send(service, receipt)).status];
    const key = { ...waiting.key, path: waiting.key.path.replace(/keys\/[^?]+/, `keys/${nonce}`) };
    const answers = [await send(service, key), await send(service, key)];

    expect(statuses).toEqual([404, 404]);
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toMatch(/This page is not known\..*call 911/);
    }
    expect(await orphansOf(nonce)).toEqual(['keys', 'receipt']);
    expect(service.output).toContain('callback.orphaned');
    expect(await isUntouched(service, waiting.caseId)).toBe(true);
  });
});
