import { afterEach } from '@jest/globals';
import type { Fault } from '../../../src/phone-lab/faults/fault.js';
import { gather, say, voiceTwiml } from '../../../src/platform/telephony/twiml.js';
import type { Answer, ReceivedCallback } from '../../support/provider/callback-receiver.js';
import { ourNumber, telephonyTo } from '../../support/provider/telephony.js';
import { connectLab } from './connected-lab.js';

export const phone = '+12025550173';

export const twiml = (body: string): Answer => ({ status: 200, body });

export const inState = (state: string) => (call: { state: string }) => call.state === state;

/** A connected lab with calls from our number to `phone`. */
export async function connectCalls() {
  /** What the service answers by path; else 204. Each test begins with none. */
  const documents = new Map<string, (callback: ReceivedCallback) => Answer>();
  const { lab, service } = await connectLab(
    (callback) => documents.get(callback.path)?.(callback) ?? { status: 204 },
  );
  afterEach(() => documents.clear());
  const telephony = telephonyTo(lab.url);

  async function place(fields: { twiml?: string; ringTimeoutSeconds?: number } = {}) {
    const options = { action: service.address('/keys'), numDigits: 1, timeoutSeconds: 6 };
    const outcome = await telephony.placeCall({
      from: ourNumber,
      to: phone,
      twiml: voiceTwiml(gather(options, say('Case 7 F 3 K. Press 1 to take it.'))),
      statusCallback: service.address('/status'),
      ...fields,
    });
    return outcome.type === 'sent' ? outcome.sid : `not sent: ${JSON.stringify(outcome)}`;
  }

  /** Every state that was reported, once the last one is there. */
  async function statuses(until: string): Promise<(string | undefined)[]> {
    await lab.expectCall(phone, inState(until));
    const reported = () =>
      service.received
        .filter(({ path }) => path === '/status')
        .map(({ params }) => params['CallStatus']);
    const deadline = Date.now() + 2000;
    while (!reported().includes(until) && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return reported();
  }

  const scripted = (fault: Fault) => lab.fault({ match: { number: phone }, fault });
  return { documents, lab, place, scripted, service, statuses, telephony };
}
