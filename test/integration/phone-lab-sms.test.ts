import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import type { Fault } from '../../src/phone-lab/faults/fault.js';
import { messageTwiml } from '../../src/platform/telephony/twiml.js';
import {
  startCallbackReceiver,
  type CallbackReceiver,
  type ReceivedCallback,
} from '../support/callback-receiver.js';
import { labAccount, startPhoneLab, type PhoneLab } from '../support/phone-lab.js';
import { ourNumber, telephonyTo } from '../support/telephony.js';

const phone = '+12025550171';

let lab: PhoneLab;
let service: CallbackReceiver;
let answerToTexts = { status: 200, body: messageTwiml() };
let receiptStatuses: number[] = [];

beforeAll(async () => {
  lab = await startPhoneLab();
  service = await startCallbackReceiver(({ path }) =>
    path === '/texts' ? answerToTexts : { status: receiptStatuses.shift() ?? 204 },
  );
});

beforeEach(() => lab.line(ourNumber, { smsUrl: service.address('/texts') }));

afterEach(async () => {
  expect(await lab.violations()).toEqual([]);
  await lab.reset();
  service.forget();
  answerToTexts = { status: 200, body: messageTwiml() };
  receiptStatuses = [];
});

afterAll(async () => {
  await lab.stop();
  await service.stop();
});

const page = (to = phone, credentials: Record<string, string> = {}) =>
  telephonyTo(lab.url, credentials).sendSms({
    from: ourNumber,
    to,
    body: 'Case 7F3K needs you. Reply A 4821.',
    statusCallback: service.address('/receipts/nonce-1'),
  });

/** Waits until so many receipts are there, and says which. */
async function receipts(count: number): Promise<string[]> {
  return (await received(count)).map(({ params }) => params['MessageStatus'] ?? '');
}

async function received(count: number): Promise<ReceivedCallback[]> {
  const until = Date.now() + 3000;
  while (service.received.length < count && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(service.received).toHaveLength(count);
  return service.received;
}

const scripted = (fault: Fault, times?: number) =>
  lab.fault({ match: { number: phone }, fault, ...(times !== undefined && { times }) });

describe('a text sent through the official client', () => {
  it('arrives on the phone, with receipts in order', async () => {
    const outcome = await page();

    expect(outcome).toEqual({ type: 'sent', sid: expect.stringMatching(/^SM[0-9a-f]{32}$/) });
    const text = await lab.expectText(phone);
    expect(text).toMatchObject({ from: ourNumber, body: 'Case 7F3K needs you. Reply A 4821.' });
    expect(await receipts(3)).toEqual(['queued', 'sent', 'delivered']);
  });

  it('asks for a short validity, no risk check, and repeated receipts', async () => {
    await page();

    const [request] = await lab.requests();
    expect(request).toMatchObject({
      operation: 'CreateMessage',
      status: 201,
      params: {
        ValidityPeriod: '120',
        RiskCheck: 'disable',
        StatusCallback: `${service.address('/receipts/nonce-1')}#rc=3&rp=all&ct=2000&rt=4000`,
      },
    });
  });

  it('can be looked up once more', async () => {
    const outcome = await page();
    await lab.expectText(phone);

    const sid = outcome.type === 'sent' ? outcome.sid : '';
    expect(await telephonyTo(lab.url).fetchMessage(sid)).toEqual({
      type: 'found',
      status: 'delivered',
      errorCode: null,
    });
    expect(await telephonyTo(lab.url).fetchMessage(`SM${'0'.repeat(32)}`)).toMatchObject({
      type: 'not_found',
    });
  });

  it('is accepted with an API key, and refused with a stale token', async () => {
    const key = { TWILIO_API_KEY: labAccount.apiKey, TWILIO_API_SECRET: labAccount.apiSecret };

    expect(await page(phone, key)).toMatchObject({ type: 'sent' });
    expect(await page(phone, { TWILIO_AUTH_TOKEN: 'stale' })).toEqual({
      type: 'permanent',
      code: '20003',
      reason: 'account',
    });
  });
});

describe('a receipt', () => {
  it('is signed over the address without its fragment', async () => {
    await page();

    for (const { headers, params } of await received(3)) {
      const valid = twilio.validateRequest(
        labAccount.authToken,
        String(headers['x-twilio-signature']),
        service.address('/receipts/nonce-1'),
        params,
      );
      expect(valid).toBe(true);
    }
  });

  it('is repeated with the same token when it is answered with an error', async () => {
    receiptStatuses = [500];

    await page();

    const [first, again] = await received(4);
    expect(again?.params).toEqual(first?.params);
    expect(again?.headers['i-twilio-idempotency-token']).toBe(
      first?.headers['i-twilio-idempotency-token'],
    );
  });
});

describe('a reply', () => {
  it('reaches the service signed, and its answer reaches the phone', async () => {
    answerToTexts = { status: 200, body: messageTwiml('You have case <7F3K> & nobody else.') };

    const { webhook } = await lab.reply(phone, ourNumber, 'A 4821 + "yes"');

    expect(webhook).toMatchObject({ type: 'answered', status: 200 });
    const text = await lab.expectText(phone);
    expect(text.body).toBe('You have case <7F3K> & nobody else.');
    const [{ params, headers } = { params: {}, headers: {} }] = service.received;
    expect(params).toMatchObject({ From: phone, To: ourNumber, Body: 'A 4821 + "yes"' });
    expect(
      twilio.validateRequest(
        labAccount.authToken,
        String((headers as Record<string, unknown>)['x-twilio-signature']),
        service.address('/texts'),
        params,
      ),
    ).toBe(true);
  });

  it('that says stop makes the provider refuse later texts until it says start', async () => {
    await lab.reply(phone, ourNumber, 'Cancel');

    expect(await page()).toEqual({ type: 'permanent', code: '21610', reason: 'opted_out' });
    await lab.reply(phone, ourNumber, 'START');
    expect(await page()).toMatchObject({ type: 'sent' });
  });

  it('to a number without an address is refused', async () => {
    await expect(lab.reply(phone, '+12025550199', 'hello')).rejects.toThrow('409');
  });
});

describe('a scripted fault of a request', () => {
  const faults: [string, Fault, object][] = [
    ['5xx', { status: 503 }, { type: 'retry', code: '20500' }],
    ['429', { status: 429, retryAfterSeconds: 1 }, { type: 'retry', code: '20429' }],
    ['reset', { reset: true }, { type: 'unknown', code: 'ECONNRESET' }],
    ['reset after acceptance', { acceptThenReset: true }, { type: 'unknown', code: 'ECONNRESET' }],
    ['no answer', { acceptThenSilent: true }, { type: 'unknown' }],
    ['delay', { delayMs: 2500 }, { type: 'unknown' }],
    ['bad number', { errorCode: 21211 }, { type: 'permanent', reason: 'bad_contact' }],
    ['opted out', { errorCode: 21610 }, { type: 'permanent', reason: 'opted_out' }],
    ['suspended', { errorCode: 20003, status: 401 }, { type: 'permanent', reason: 'account' }],
  ];

  it.each(faults)('%s strikes once and is classified', async (_name, fault, outcome) => {
    await scripted(fault, 1);

    const startedAt = performance.now();
    expect(await page()).toMatchObject(outcome);
    expect(performance.now() - startedAt).toBeLessThan(2400);
    expect(await page()).toMatchObject({ type: 'sent' });
  });

  it('carries the text out when it was accepted and never answered', async () => {
    await scripted({ acceptThenSilent: true }, 1);

    await page();

    await lab.expectText(phone);
    expect(await lab.requests()).toMatchObject([{ result: 'silent', sid: expect.any(String) }]);
  });

  it('leaves other phones alone', async () => {
    await scripted({ status: 503 });

    expect(await page('+12025550172')).toMatchObject({ type: 'sent' });
    expect(await page()).toMatchObject({ type: 'retry' });
    await lab.clearFaults();
    expect(await page()).toMatchObject({ type: 'sent' });
  });
});

describe('a scripted fault of receipts', () => {
  it.each([30003, 30005, 30006, 30007, 30008])('ends undelivered with %i', async (code) => {
    await scripted({ receiptErrorCode: code });

    await page();

    const callbacks = await received(3);
    expect(callbacks.at(-1)?.params).toMatchObject({
      MessageStatus: 'undelivered',
      ErrorCode: String(code),
    });
    expect((await lab.phones(phone)).texts).toEqual([]);
  });

  it('sends them twice', async () => {
    await scripted({ receiptsTwice: true });
    await page();
    expect(await receipts(6)).toEqual([
      'queued',
      'queued',
      'sent',
      'sent',
      'delivered',
      'delivered',
    ]);
  });

  it('sends them in the wrong order', async () => {
    await scripted({ receiptsOutOfOrder: true });
    await page();
    expect(await receipts(3)).toEqual(['delivered', 'sent', 'queued']);
  });

  it('sends them before the request is answered', async () => {
    await scripted({ receiptBeforeAnswer: true });
    await page();
    expect(service.received).toHaveLength(3);
  });

  it('sends them late, long after the text is there', async () => {
    await scripted({ receiptsLateMs: 300 });
    await page();
    await lab.expectText(phone);
    expect(service.received).toEqual([]);
    await receipts(3);
  });

  it('sends none, while the text arrives', async () => {
    await scripted({ noReceipt: true });
    await page();
    await lab.expectText(phone);
    expect(service.received).toEqual([]);
  });

  it('stops at sent, and the text never arrives', async () => {
    await scripted({ stopAt: 'sent' });
    await page();
    expect(await receipts(2)).toEqual(['queued', 'sent']);
    expect((await lab.phones(phone)).texts).toEqual([]);
  });
});
