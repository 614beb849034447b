import type { FaultRule } from '../../src/phone-lab/faults/fault.js';
import type {
  ProviderRequest,
  SentCallback,
  Problem,
} from '../../src/phone-lab/network/lab-log.js';
import { LabConfig, phoneLabEnv } from '../../src/phone-lab/phone-lab.config.js';
import { createPhoneLab, type RunningLab } from '../../src/phone-lab/phone-lab.js';
import type { CallView, PhoneView } from '../../src/phone-lab/phones.js';
import { validateProviderRequest } from './provider-openapi.js';

export type Text = PhoneView['texts'][number];

/** Invented credentials, the same for the lab and for the service under test. */
export const labAccount = {
  accountSid: 'AC00000000000000000000000000000001',
  authToken: 'lab-auth-token',
  apiKey: 'SK00000000000000000000000000000001',
  apiSecret: 'lab-api-secret',
} as const;

export interface LabWebhooks {
  smsUrl?: string;
  voiceUrl?: string;
}

export type { CallView };

export type FaultRuleInput = Pick<FaultRule, 'fault'> & Partial<FaultRule>;

const deadlineMs = 5000;
const lookEveryMs = 10;

/** Starts a phone network of its own on a free port. */
export async function startPhoneLab(webhooks: LabWebhooks = {}): Promise<PhoneLab> {
  const env = phoneLabEnv.parse({
    TWILIO_ACCOUNT_SID: labAccount.accountSid,
    TWILIO_AUTH_TOKEN: labAccount.authToken,
    TWILIO_API_KEY: labAccount.apiKey,
    TWILIO_API_SECRET: labAccount.apiSecret,
    LAB_SMS_WEBHOOK_URL: webhooks.smsUrl,
    LAB_VOICE_WEBHOOK_URL: webhooks.voiceUrl,
  });
  return new PhoneLab(await createPhoneLab(new LabConfig(env)));
}

/** The lab as a test sees it: over HTTP only. */
export class PhoneLab {
  readonly url: string;

  constructor(private readonly lab: RunningLab) {
    this.url = lab.url;
  }

  stop(): Promise<void> {
    return this.lab.close();
  }

  phones(number: string): Promise<PhoneView> {
    return this.ask('GET', `/lab/phones/${encodeURIComponent(number)}`);
  }

  /** Texts a line of the service; resolves when the webhook was answered, with what it said. */
  reply(number: string, to: string, body: string): Promise<SmsAnswer> {
    return this.ask('POST', `/lab/phones/${encodeURIComponent(number)}/sms`, { to, body });
  }

  /** Calls a line of the service; resolves when the first words were spoken. */
  call(number: string, to: string): Promise<CallView> {
    return this.act(number, 'call', { to });
  }

  /** Picks up; resolves when the first words were spoken and the call waits or is over. */
  answer(number: string): Promise<CallView> {
    return this.act(number, 'answer');
  }

  /** Presses keys; resolves when what follows was spoken. */
  keys(number: string, digits: string): Promise<CallView> {
    return this.act(number, 'keys', { digits });
  }

  /** Hangs up, or declines a call that rings. */
  hangUp(number: string): Promise<CallView> {
    return this.act(number, 'hang-up');
  }

  /** Where texts and calls to one number of the service go. */
  async line(number: string, webhooks: LabWebhooks): Promise<void> {
    await this.ask('PUT', `/lab/lines/${encodeURIComponent(number)}`, webhooks);
  }

  async fault(rule: FaultRuleInput): Promise<void> {
    await this.ask('POST', '/lab/faults', rule);
  }

  async clearFaults(): Promise<void> {
    await this.ask('DELETE', '/lab/faults');
  }

  async reset(): Promise<void> {
    await this.ask('DELETE', '/lab/state');
  }

  /** Every request the provider received, oldest first. */
  async requests(): Promise<ProviderRequest[]> {
    return (await this.ask<{ requests: ProviderRequest[] }>('GET', '/lab/requests')).requests;
  }

  /** What is wrong with any request so far, by the provider's description or for the lab. */
  async violations(): Promise<string[]> {
    const requests = await this.requests();
    const problems = await this.problems();
    return [...requests.flatMap(validateProviderRequest), ...problems.map(({ detail }) => detail)];
  }

  /** Every request the lab made to the service, oldest first. */
  async callbacks(): Promise<SentCallback[]> {
    return (await this.ask<{ callbacks: SentCallback[] }>('GET', '/lab/callbacks')).callbacks;
  }

  /** What the lab did not understand: empty, or something is wrong. */
  async problems(): Promise<Problem[]> {
    return (await this.ask<{ problems: Problem[] }>('GET', '/lab/problems')).problems;
  }

  /** Waits for a text that fits; fails with what did arrive. */
  expectText(number: string, fits: (text: Text) => boolean = () => true): Promise<Text> {
    return this.expect(`a text to ${number}`, async () => {
      const { texts } = await this.phones(number);
      return { found: texts.find(fits), seen: texts };
    });
  }

  /** Waits for a call that fits, by default one that rings; fails with the calls there were. */
  expectCall(
    number: string,
    fits: (call: CallView) => boolean = ({ state }) => state === 'ringing',
  ): Promise<CallView> {
    return this.expect(`a call to ${number}`, async () => {
      const { calls } = await this.phones(number);
      return { found: calls.find(fits), seen: calls };
    });
  }

  private act(number: string, action: string, body?: unknown): Promise<CallView> {
    return this.ask('POST', `/lab/phones/${encodeURIComponent(number)}/${action}`, body);
  }

  private async expect<T>(
    what: string,
    look: () => Promise<{ found: T | undefined; seen: unknown }>,
  ): Promise<T> {
    const until = Date.now() + deadlineMs;
    for (;;) {
      const { found, seen } = await look();
      if (found !== undefined) return found;
      if (Date.now() > until) {
        throw new Error(`no ${what} within ${deadlineMs} ms; seen: ${JSON.stringify(seen)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.url + path, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

export interface SmsAnswer {
  id: string;
  webhook: { type: 'answered'; status: number; body: string } | { type: 'failed'; error: string };
}
