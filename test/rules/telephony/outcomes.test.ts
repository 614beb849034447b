import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { receiptClass } from '../../../src/platform/telephony/receipt.js';
import { classifyFailure } from '../../../src/platform/telephony/send-outcome.js';

const permanent: [number, string][] = [
  ...[21211, 21214, 21217, 21614, 30005, 30006].map((code) => [code, 'bad_contact'] as const),
  ...[21610].map((code) => [code, 'opted_out'] as const),
  ...[21408, 21606, 21611, 30007, 30034, 63038].map((code) => [code, 'sender_or_policy'] as const),
  ...[20003, 10001, 30002].map((code) => [code, 'account'] as const),
].map(([code, reason]) => [code, reason]);

describe('a failed request', () => {
  it.each(permanent)('with the provider code %i is permanent: %s', (code, reason) => {
    expect(classifyFailure(400, code, null)).toEqual({
      type: 'permanent',
      code: String(code),
      reason,
    });
  });

  it.each([20429, 30001, 30003, 30008, 30036, 99999])('with the code %i is tried again', (code) => {
    expect(classifyFailure(400, code, null)).toMatchObject({ type: 'retry', code: String(code) });
  });

  it.each([
    [500, 'retry'],
    [503, 'retry'],
    [429, 'retry'],
    [404, 'retry'],
    [401, 'permanent'],
    [403, 'permanent'],
  ])('with the bare status %i means %s', (status, type) => {
    expect(classifyFailure(status, null, null)).toMatchObject({ type, code: `http_${status}` });
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])(
    'that never left the machine (%s) is tried again',
    (code) => {
      expect(classifyFailure(null, null, code)).toMatchObject({ type: 'retry', code });
    },
  );

  it.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'ERR_CANCELED', 'EPIPE', null])(
    'that may have arrived (%s) is unknown',
    (code) => {
      expect(classifyFailure(null, null, code)).toMatchObject({ type: 'unknown' });
    },
  );

  it('always has a class and a code', () => {
    const number = fc.option(fc.integer());
    fc.assert(
      fc.property(number, number, fc.option(fc.string()), (status, code, networkCode) => {
        const failure = classifyFailure(status, code, networkCode);
        expect(['retry', 'permanent', 'unknown']).toContain(failure.type);
        expect(typeof failure.code).toBe('string');
      }),
    );
  });
});

describe('a receipt of a text', () => {
  it('rises from queued to the end', () => {
    const ranks = ['queued', 'accepted', 'scheduled', 'sending', 'sent', 'delivered'].map(
      (status) => receiptClass('sms', status, null).rank,
    );
    expect(ranks).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each(['delivered', 'undelivered', 'failed', 'canceled'])('%s is an end', (status) => {
    expect(receiptClass('sms', status, null).rank).toBe(6);
  });

  it('undelivered carries the class of its code', () => {
    expect(receiptClass('sms', 'undelivered', 30006)).toMatchObject({
      type: 'failed',
      failure: { type: 'permanent', reason: 'bad_contact' },
    });
    expect(receiptClass('sms', 'undelivered', 30003)).toMatchObject({
      type: 'failed',
      failure: { type: 'retry', code: '30003' },
    });
    expect(receiptClass('sms', 'failed', null)).toMatchObject({
      failure: { type: 'retry', code: 'failed' },
    });
  });
});

describe('a receipt of a call', () => {
  it.each([
    ['queued', 1, 'in_progress'],
    ['initiated', 1, 'in_progress'],
    ['ringing', 2, 'in_progress'],
    ['in-progress', 3, 'answered'],
    ['answered', 3, 'answered'],
    ['completed', 4, 'ended'],
    ['busy', 4, 'failed'],
    ['no-answer', 4, 'failed'],
    ['failed', 4, 'failed'],
    ['canceled', 4, 'failed'],
  ])('%s has rank %i and means %s', (status, rank, type) => {
    expect(receiptClass('voice', status, null)).toMatchObject({ rank, type });
  });
});

it('a status nobody knows moves nothing', () => {
  const channel = fc.constantFrom('sms' as const, 'voice' as const);
  const strange = fc.constantFrom('', 'read', 'toString', '__proto__', 'constructor', 'DELIVERED');
  fc.assert(
    fc.property(channel, strange, (on, status) => {
      expect(receiptClass(on, status, 30006)).toEqual({ rank: 0, type: 'in_progress' });
    }),
  );
});
