import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import twilio from 'twilio';
import {
  assertMayBePaged,
  isCrisisLine,
  isEmergencyNumber,
} from '../../../src/platform/telephony/emergency-numbers.js';
import { verifySignature } from '../../../src/platform/telephony/signature.js';
import { TelephonyConfig, telephonyEnv } from '../../../src/platform/telephony/telephony.config.js';
import {
  dial,
  gather,
  messageTwiml,
  say,
  voiceTwiml,
} from '../../../src/platform/telephony/twiml.js';

describe('the guard before the provider', () => {
  it.each([
    '911',
    '+911',
    '+1911',
    '+1 911',
    '112',
    '+44999',
    '000',
    '+61000',
    '10177',
    '+2710177',
  ])('never pages the emergency number %s', (to) => {
    expect(isEmergencyNumber(to)).toBe(true);
    expect(() => assertMayBePaged(to)).toThrow('emergency');
  });

  it.each(['988', '+1988', '9-8-8'])('never pages the crisis line %s', (to) => {
    expect(isCrisisLine(to)).toBe(true);
    expect(() => assertMayBePaged(to)).toThrow('crisis line');
  });

  it.each(['', '2025550123', '+0123456789', '+1202555012a', 'client:dana', '+1'])(
    'refuses "%s", which is no E.164 number',
    (to) => expect(() => assertMayBePaged(to)).toThrow('E.164'),
  );

  it('lets ordinary numbers pass, also those that contain an emergency code', () => {
    for (const to of ['+12025550123', '+19115550123', '+442079460911', '+12025550112']) {
      expect(() => assertMayBePaged(to)).not.toThrow();
    }
  });
});

describe('a signature', () => {
  const publicUrl = 'https://handrail.example/webhooks/twilio/nonce-1';
  const params = { MessageSid: 'SM1', MessageStatus: 'delivered' };
  const sign = (token: string, url = publicUrl) =>
    twilio.getExpectedTwilioSignature(token, url, params);

  it('of any of the accepted tokens is good, with or without a fragment in the address', () => {
    const authTokens = ['new', 'old'];
    const signature = sign('old');
    expect(verifySignature({ signature, publicUrl, params, authTokens })).toBe(true);
    const withFragment = `${publicUrl}#rc=3&rp=all`;
    expect(verifySignature({ signature, publicUrl: withFragment, params, authTokens })).toBe(true);
  });

  it.each([
    ['another token', { signature: sign('wrong') }],
    ['another address', { signature: sign('new', `${publicUrl}x`) }],
    ['other fields', { params: { ...params, MessageStatus: 'sent' } }],
    ['no signature', { signature: undefined }],
    ['several signatures', { signature: [sign('new')] }],
    ['no fields', { params: null }],
    ['nested fields', { params: { a: { b: 'c' } } }],
    ['a relative address', { publicUrl: '/webhooks/twilio/nonce-1' }],
    ['no tokens', { authTokens: [] }],
  ])('over %s is bad, and never throws', (_name, other) => {
    const good = { signature: sign('new'), publicUrl, params, authTokens: ['new'] };
    expect(verifySignature({ ...good, ...other })).toBe(false);
  });

  it('is never good for anything made up', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), fc.anything(), (signature, url, fields) => {
        const request = { signature, publicUrl: url, params: fields, authTokens: ['new'] };
        expect(verifySignature(request)).toBe(false);
      }),
    );
  });
});

describe('spoken and written answers', () => {
  it('escape what they carry', () => {
    const xml = voiceTwiml(
      gather(
        { action: 'https://a.example/?x=1&y=2', numDigits: 1, timeoutSeconds: 6 },
        say('<b>&'),
      ),
    );
    expect(xml).toContain('&lt;b&gt;&amp;');
    expect(xml).toContain('x=1&amp;y=2');
    expect(xml).toContain('actionOnEmptyResult="true"');
    expect(messageTwiml('a < b')).toContain('<Message>a &lt; b</Message>');
    expect(messageTwiml()).not.toContain('Message');
  });

  it('never dial an emergency number', () => {
    const to = { to: '911', callerId: '+12025550100', timeoutSeconds: 20, action: '/after' };
    expect(() => voiceTwiml(dial(to))).toThrow('emergency');
  });
});

describe('the environment', () => {
  const env = {
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'first, second',
    TWILIO_FROM_NUMBERS: '+12025550100,+12025550101',
  };

  it('is read into one frozen object, requests being signed with the first token', () => {
    const config = new TelephonyConfig(telephonyEnv.parse(env));
    expect(config).toMatchObject({
      authTokens: ['first', 'second'],
      credentials: { username: env.TWILIO_ACCOUNT_SID, password: 'first' },
      fromNumbers: ['+12025550100', '+12025550101'],
      apiBaseUrl: null,
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('prefers the API key, which needs its secret', () => {
    const key = { ...env, TWILIO_API_KEY: `SK${'1'.repeat(32)}` };
    const whole = { ...key, TWILIO_API_SECRET: 'secret' };
    const config = new TelephonyConfig(telephonyEnv.parse(whole));
    expect(config.credentials).toEqual({ username: key.TWILIO_API_KEY, password: 'secret' });
    expect(telephonyEnv.safeParse(key).success).toBe(false);
  });

  it.each([
    ['TWILIO_ACCOUNT_SID', 'AC1'],
    ['TWILIO_AUTH_TOKEN', ''],
    ['TWILIO_FROM_NUMBERS', '2025550100'],
    ['TWILIO_API_BASE_URL', 'ftp://example.com'],
  ])('refuses %s = "%s"', (name, value) => {
    const result = telephonyEnv.safeParse({ ...env, [name]: value });
    expect(result.error?.issues[0]?.path[0]).toBe(name);
  });
});
