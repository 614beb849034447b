import { Agent as HttpAgent, request as httpRequest, type ClientRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export type PostAnswer =
  | { type: 'answered'; status: number; body: string }
  /** `connect`: nobody there; `timeout`: no answer in time; `cut`: the connection broke. */
  | { type: 'failed'; error: 'connect' | 'timeout' | 'cut' | 'bad_address' };

const bodyCharsMax = 64 * 1024;

/** Posts forms over kept connections: a lab sends several receipts for every text. */
export class HttpPost {
  private readonly httpAgent = new HttpAgent({ keepAlive: true, maxSockets: 100 });
  private readonly httpsAgent = new HttpsAgent({ keepAlive: true, maxSockets: 100 });
  private readonly underWay = new Set<ClientRequest>();

  /** Never rejects. */
  async post(
    url: string,
    headers: Record<string, string>,
    form: string,
    timeoutMs: number,
  ): Promise<PostAnswer> {
    if (!/^https?:/.test(url) || !URL.canParse(url)) {
      return { type: 'failed', error: 'bad_address' };
    }
    return new Promise((resolve) => {
      const request = this.open(url, headers, form);
      let connected = false;
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        request.destroy();
      }, timeoutMs);
      const settle = (answer: PostAnswer) => {
        clearTimeout(timer);
        this.underWay.delete(request);
        resolve(answer);
      };
      const broken = connectionBroken(() => ({ connected, timedOut }));
      request.on('socket', (socket) => {
        connected = !socket.connecting;
        socket.once('connect', () => (connected = true));
      });
      request.on('error', () => settle(broken()));
      request.on('response', (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          if (body.length < bodyCharsMax) body += part;
        });
        response.on('error', () => settle(broken()));
        response.on('end', () =>
          settle({ type: 'answered', status: response.statusCode ?? 0, body }),
        );
      });
      request.end(form);
    });
  }

  /** Breaks off whatever is under way. */
  cutAll(): void {
    for (const request of this.underWay) request.destroy();
  }

  close(): void {
    this.cutAll();
    this.httpAgent.destroy();
    this.httpsAgent.destroy();
  }

  private open(url: string, headers: Record<string, string>, form: string): ClientRequest {
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(form) },
    };
    const request = url.startsWith('https:')
      ? httpsRequest(url, { ...options, agent: this.httpsAgent })
      : httpRequest(url, { ...options, agent: this.httpAgent });
    this.underWay.add(request);
    return request;
  }
}

function connectionBroken(seen: () => { connected: boolean; timedOut: boolean }): () => PostAnswer {
  return () => {
    const { connected, timedOut } = seen();
    if (!connected) return { type: 'failed', error: 'connect' };
    return { type: 'failed', error: timedOut ? 'timeout' : 'cut' };
  };
}
