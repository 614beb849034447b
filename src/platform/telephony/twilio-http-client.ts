import twilio from 'twilio';
import type { RequestOptions } from 'twilio/lib/base/RequestClient.js';

/** The whole request, from looking up the host to the last byte of the answer. */
const sendTimeoutMs = 2000;

/**
 * The official client's transport with a hard deadline and no retry of its own: the official
 * timeout only counts silence, so an answer that trickles in would hold a worker for minutes.
 */
export class TwilioHttpClient extends twilio.RequestClient {
  private readonly baseUrl: string | null;

  constructor(baseUrl: string | null) {
    super({ timeout: sendTimeoutMs, keepAlive: true, autoRetry: false, maxSockets: 100 });
    this.baseUrl = baseUrl === null ? null : baseUrl.replace(/\/+$/, '');
    this.axios.interceptors.request.use((config) => {
      config.signal = AbortSignal.timeout(sendTimeoutMs);
      return config;
    });
  }

  override request<T>(options: RequestOptions<T>) {
    if (this.baseUrl === null) return super.request(options);
    const { pathname, search } = new URL(options.uri);
    return super.request({ ...options, uri: this.baseUrl + pathname + search });
  }
}
