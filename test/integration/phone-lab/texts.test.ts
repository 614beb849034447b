import { describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import { messageTwiml } from '../../../src/platform/telephony/twiml.js';
import { labAccount, startPhoneLab } from '../../support/phone-lab.js';
import { ourNumber, telephonyTo } from '../../support/provider/telephony.js';
import { connectTexts, phone } from './texting.js';

const { answers, lab, page, receipts, received, service } = await connectTexts();

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
    answers.toReceipts = [500];

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
    answers.toTexts = messageTwiml('You have case <7F3K> & nobody else.');

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

  it('to a number nobody named goes where the environment of the lab says', async () => {
    const startedAnew = await startPhoneLab({ smsUrl: service.address('/texts') });
    const { webhook } = await startedAnew.reply(phone, '+12025550199', 'hello');
    await startedAnew.stop();

    expect(webhook).toMatchObject({ type: 'answered', status: 200 });
    expect(service.received).toMatchObject([{ params: { To: '+12025550199', Body: 'hello' } }]);
  });

  it('to a number without an address is refused', async () => {
    await expect(lab.reply(phone, '+12025550199', 'hello')).rejects.toThrow('409');
  });
});
