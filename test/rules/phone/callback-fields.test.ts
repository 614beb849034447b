import { describe, expect, it } from '@jest/globals';
import { isOptOut } from '../../../src/phone/rules/keywords.js';
import { isSid, readStatusReport } from '../../../src/phone/rules/status-report.js';

const text = `SM${'0a'.repeat(16)}`;
const call = `CA${'1b'.repeat(16)}`;

describe('a status callback', () => {
  it('reports of a text', () => {
    const form = { MessageSid: text, MessageStatus: 'undelivered', ErrorCode: '30005', X: 'y' };
    expect(readStatusReport(form)).toEqual({ sid: text, status: 'undelivered', errorCode: 30005 });
  });

  it('reports of a call', () => {
    const form = { CallSid: call, CallStatus: 'ringing' };
    expect(readStatusReport(form)).toEqual({ sid: call, status: 'ringing', errorCode: null });
  });

  it.each([
    ['nothing', {}],
    ['no name', { MessageStatus: 'sent' }],
    ['a name of something else', { MessageSid: 'AC00', MessageStatus: 'sent' }],
    ['no status', { CallSid: call, CallStatus: '' }],
    ['a name that slid into the name of its field', { [`CallSid${call}`]: '', CallStatus: 'busy' }],
  ])('with %s reports nothing', (_what, form) => {
    expect(readStatusReport(form)).toBeNull();
  });

  it('takes only a number for an error code', () => {
    const form = { MessageSid: text, MessageStatus: 'failed', ErrorCode: '3e4' };
    expect(readStatusReport(form)?.errorCode).toBeNull();
  });

  it('knows the names of texts and calls', () => {
    expect([isSid(text), isSid(call), isSid(undefined), isSid(`XX${'0'.repeat(32)}`)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('a text that ends texting', () => {
  it.each(['STOP', ' stop. ', 'Cancel', 'QUIT', 'Unsubscribe', 'opt out', 'ALTO', 'parar!'])(
    'is "%s"',
    (body) => {
      expect(isOptOut(body)).toBe(true);
    },
  );

  it.each(['I want to stop hurting', 'end it', 'stop calling him', '', 'OK', '123456'])(
    'is not "%s"',
    (body) => {
      expect(isOptOut(body)).toBe(false);
    },
  );
});
