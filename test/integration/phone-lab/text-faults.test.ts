import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../src/phone-lab/faults/fault.js';
import { connectTexts, phone } from './texting.js';

const { lab, page, receipts, received, scripted, service } = await connectTexts();

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
