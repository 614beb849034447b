import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import type { Channel, OutgoingAttempt } from '../../../src/paging/channels/channel.js';
import { channelProviders, Channels } from '../../../src/paging/channels/index.js';
import type { PageReason } from '../../../src/paging/rules/page-text.js';
import type { Fault } from '../../../src/phone-lab/faults/fault.js';
import type { SendOutcome } from '../../../src/platform/telephony/send-outcome.js';
import { type PhoneLab, startPhoneLab } from '../../support/phone-lab.js';
import { address, anAttempt, channelsTo, Lines, phone } from './registered.js';

const timeoutMs = 2_000;
const toleranceMs = 500;
const lines = new Lines();

let lab: PhoneLab;
let app: INestApplicationContext;
let nowhere: INestApplicationContext;
beforeAll(async () => {
  lab = await startPhoneLab();
  app = await channelsTo(lab.url, lines);
  nowhere = await channelsTo('http://localhost:1', lines);
});
afterEach(async () => {
  await lab.clearFaults();
  await lab.reset();
});
afterAll(async () => {
  await app.close();
  await nowhere.close();
  await lab.stop();
});

const outcomes: [what: string, fault: Fault, outcome: Partial<SendOutcome>][] = [
  ['a number that is none', { errorCode: 21_211 }, { type: 'permanent', reason: 'bad_contact' }],
  ['somebody who wants none', { errorCode: 21_610 }, { type: 'permanent', reason: 'opted_out' }],
  ['a blocked sender', { errorCode: 21_606 }, { type: 'permanent', reason: 'sender_or_policy' }],
  [
    'a locked account',
    { errorCode: 20_003, status: 401 },
    { type: 'permanent', reason: 'account' },
  ],
  ['too many', { status: 429, retryAfterSeconds: 1 }, { type: 'retry' }],
  ['a provider in trouble', { status: 503 }, { type: 'retry' }],
  ['an unheard-of code', { errorCode: 29_999 }, { type: 'retry', code: '29999' }],
  ['a line that is cut', { reset: true }, { type: 'unknown' }],
  ['a line that is cut after it', { acceptThenReset: true }, { type: 'unknown' }],
  ['no answer', { acceptThenSilent: true }, { type: 'unknown' }],
  ['an answer that is too late', { delayMs: timeoutMs + toleranceMs }, { type: 'unknown' }],
];

const reasons: PageReason[] = [
  'step',
  'wider',
  'asked_again',
  'owner_asked_again',
  'lease_warning',
  'reminder',
  'hand_over',
  'hand_over_open',
  'still_yours',
  'alarm',
];

describe.each(channelProviders.map((provider) => [provider.name, provider] as const))(
  '%s',
  (_name, provider) => {
    const channel = (): Channel => app.get<Channel>(provider);
    const send = (attempt = anAttempt()): Promise<SendOutcome> =>
      channel().send({ ...attempt, channel: channel().name });

    it('is found under its own name', () => {
      const { name } = channel();
      expect(app.get(Channels).has(name)).toBe(true);
      expect(app.get(Channels).get(name)).toBe(channel());
    });

    it('reaches the phone, and says by which name the provider knows it', async () => {
      const outcome = await send();

      expect(outcome).toEqual({ type: 'sent', sid: expect.any(String) });
      const [request] = await lab.requests();
      expect(request).toMatchObject({ params: { To: phone }, status: 201 });
      expect(request).toMatchObject(outcome.type === 'sent' ? { sid: outcome.sid } : {});
      expect(String(request!.params['StatusCallback'])).toContain(
        `${address}/webhooks/twilio/receipts/${anAttempt().nonce}`,
      );
      expect(await lab.violations()).toEqual([]);
    });

    it.each(outcomes)('knows %s for what it is, in time', async (_what, fault, outcome) => {
      await lab.fault({ match: { number: phone }, fault });
      const startedAt = performance.now();

      expect(await send()).toMatchObject(outcome);
      expect(performance.now() - startedAt).toBeLessThan(timeoutMs + toleranceMs);
      expect(await lab.requests()).toHaveLength(1); // It never tries again by itself.
    });

    it('knows that nothing was sent where nobody could be asked', async () => {
      const attempt = { ...anAttempt(), channel: channel().name };
      expect(await nowhere.get<Channel>(provider).send(attempt)).toMatchObject({ type: 'retry' });
    });

    it.each(['911', '+1911', '988', '+1988'])('sends nothing to %s', async (to) => {
      await expect(send(anAttempt({ to }))).rejects.toThrow('refused');
      expect(await lab.requests()).toEqual([]);
    });

    it.each(reasons)('tells nobody about the participant: %s', async (reason) => {
      const canary = { name: 'Canary Name', text: 'canary words', participant: 'canary-id' };
      const attempt = anAttempt({}, { reason, ...canary }) as OutgoingAttempt;
      await send({ ...attempt, ...canary });

      const [request] = await lab.requests();
      expect(request).toMatchObject({ status: 201 });
      expect(JSON.stringify(request).toLowerCase()).not.toContain('canary');
    });

    it('logs neither the number nor the code nor the link, also when it fails', async () => {
      for (const [, fault] of outcomes.slice(0, 8)) {
        await lab.fault({ match: { number: phone }, times: 1, fault });
        await send();
      }
      const { code, linkToken, nonce } = anAttempt();
      for (const secret of [phone.slice(1), code, linkToken, nonce]) {
        expect(lines.all.join('\n')).not.toContain(secret);
      }
    });
  },
);
