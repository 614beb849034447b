import { afterEach, expect } from '@jest/globals';
import type { Fault } from '../../../src/phone-lab/faults/fault.js';
import { messageTwiml } from '../../../src/platform/telephony/twiml.js';
import type { ReceivedCallback } from '../../support/provider/callback-receiver.js';
import { ourNumber, telephonyTo } from '../../support/provider/telephony.js';
import { connectLab } from './connected-lab.js';

export const phone = '+12025550171';

interface Answers {
  /** TwiML for the next texts from a phone. */
  toTexts: string;
  /** HTTP status for one receipt after the other; then 204. */
  toReceipts: number[];
}

/** A connected lab with texts from our number to `phone`. */
export async function connectTexts() {
  const usual = (): Answers => ({ toTexts: messageTwiml(), toReceipts: [] });
  const answers = usual();
  const { lab, service } = await connectLab(({ path }) =>
    path === '/texts'
      ? { status: 200, body: answers.toTexts }
      : { status: answers.toReceipts.shift() ?? 204 },
  );
  afterEach(() => void Object.assign(answers, usual()));

  const page = (to = phone, credentials: Record<string, string> = {}) =>
    telephonyTo(lab.url, credentials).sendSms({
      from: ourNumber,
      to,
      body: 'Case 7F3K needs you. Reply A 4821.',
      statusCallback: service.address('/receipts/nonce-1'),
    });

  /** Waits until so many receipts are there, and no more. */
  async function received(count: number): Promise<ReceivedCallback[]> {
    const until = Date.now() + 3000;
    while (service.received.length < count && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(service.received).toHaveLength(count);
    return service.received;
  }

  /** What so many receipts say. */
  async function receipts(count: number): Promise<string[]> {
    return (await received(count)).map(({ params }) => params['MessageStatus'] ?? '');
  }

  const scripted = (fault: Fault, times?: number) =>
    lab.fault({ match: { number: phone }, fault, ...(times !== undefined && { times }) });
  return { answers, lab, page, receipts, received, scripted, service };
}
