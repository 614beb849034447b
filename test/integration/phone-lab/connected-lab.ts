import { afterAll, afterEach, beforeEach, expect } from '@jest/globals';
import {
  startCallbackReceiver,
  type Answer,
  type ReceivedCallback,
} from '../../support/provider/callback-receiver.js';
import { startPhoneLab } from '../../support/phone-lab.js';
import { ourNumber } from '../../support/provider/telephony.js';

/** A lab for every test of a file, with a service behind our number; each test leaves it empty. */
export async function connectLab(answer: (callback: ReceivedCallback) => Answer) {
  const lab = await startPhoneLab();
  const service = await startCallbackReceiver(answer);
  beforeEach(() => {
    const webhooks = { smsUrl: service.address('/texts'), voiceUrl: service.address('/calls') };
    return lab.line(ourNumber, webhooks);
  });
  afterEach(async () => {
    expect(await lab.violations()).toEqual([]);
    await lab.reset();
    service.forget();
  });
  afterAll(async () => {
    await lab.stop();
    await service.stop();
  });
  return { lab, service };
}
