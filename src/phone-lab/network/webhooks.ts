import { createHmac, randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LabConfig } from '../phone-lab.config.js';
import { HttpPost, type PostAnswer } from './http-post.js';
import { LabLog } from './lab-log.js';
import { Timers } from './timers.js';

/** What the fragment of an address may ask for: https://www.twilio.com/docs/usage/webhooks */
interface Overrides {
  retriesMax: number;
  /** `ct`: connection failed; `rt`: no answer in time; `4xx`, `5xx`, `all`. */
  retryOn: ReadonlySet<string>;
  timeoutMs: number;
}

const answerTimeoutMs = 15_000;
const retryPauseMs = 100;

/** Calls the service as the provider does: signed forms, with the repeats its address asks for. */
@Injectable()
export class Webhooks implements OnApplicationShutdown {
  private readonly http = new HttpPost();
  /** Rises with each reset; what belongs to an earlier one is not repeated. */
  private round = 0;

  constructor(
    private readonly config: LabConfig,
    private readonly log: LabLog,
    private readonly timers: Timers,
  ) {}

  async post(address: string, params: Record<string, string>): Promise<PostAnswer> {
    const [url = '', fragment = ''] = address.split('#');
    const overrides = overridesOf(fragment);
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'user-agent': 'TwilioProxy/1.1',
      'x-twilio-signature': this.sign(url, params),
      'i-twilio-idempotency-token': randomUUID(),
    };
    const form = new URLSearchParams(params).toString();
    const { round } = this;
    for (let retries = 0; ; retries += 1) {
      const answer = await this.http.post(url, headers, form, overrides.timeoutMs);
      this.note(url, params, answer);
      const over = retries >= overrides.retriesMax || round !== this.round;
      if (over || !mayRetry(answer, overrides.retryOn)) return answer;
      await this.timers.wait(retryPauseMs);
    }
  }

  /** Drops whatever is under way. */
  reset(): void {
    this.round += 1;
    this.http.cutAll();
  }

  onApplicationShutdown(): void {
    this.http.close();
  }

  private note(url: string, params: Record<string, string>, answer: PostAnswer): void {
    const answered = answer.type === 'answered';
    const status = answered ? answer.status : null;
    this.log.callback({ url, params, status, error: answered ? null : answer.error });
  }

  private sign(url: string, params: Record<string, string>): string {
    const sorted = Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const signed = url + sorted.map(([key, value]) => key + value).join('');
    return createHmac('sha1', this.config.authTokens[0] ?? '')
      .update(signed, 'utf8')
      .digest('base64');
  }
}

function overridesOf(fragment: string): Overrides {
  const asked = new URLSearchParams(fragment);
  const number = (key: string, fallback: number, max: number) =>
    Math.min(asked.has(key) ? Number(asked.get(key)) || 0 : fallback, max);
  return {
    retriesMax: number('rc', 1, 5),
    retryOn: new Set((asked.get('rp') ?? 'ct').split(',')),
    timeoutMs: Math.min(number('ct', 5000, 10_000) + number('rt', 15_000, 15_000), answerTimeoutMs),
  };
}

function mayRetry(answer: PostAnswer, retryOn: ReadonlySet<string>): boolean {
  if (answer.type === 'answered') {
    if (answer.status < 400) return false;
    return retryOn.has('all') || retryOn.has(answer.status < 500 ? '4xx' : '5xx');
  }
  return retryOn.has('all') || retryOn.has(answer.error === 'connect' ? 'ct' : 'rt');
}
