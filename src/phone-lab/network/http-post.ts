import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
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
    const request = this.open(url, headers, form);
    this.underWay.add(request);
    const answer = await answerOf(request, form, timeoutMs);
    this.underWay.delete(request);
    return answer;
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
    return url.startsWith('https:')
      ? httpsRequest(url, { ...options, agent: this.httpsAgent })
      : httpRequest(url, { ...options, agent: this.httpAgent });
  }
}

interface Seen {
  connected: boolean;
  timedOut: boolean;
}

async function answerOf(
  request: ClientRequest,
  form: string,
  timeoutMs: number,
): Promise<PostAnswer> {
  const seen: Seen = { connected: false, timedOut: false };
  const timer = setTimeout(() => {
    seen.timedOut = true;
    request.destroy();
  }, timeoutMs);
  return new Promise<PostAnswer>((resolve) => {
    const broken = () => resolve(failureOf(request, seen));
    request.on('socket', (socket) => {
      seen.connected = !socket.connecting;
      if (socket.connecting) socket.once('connect', () => (seen.connected = true));
    });
    request.on('error', broken);
    request.on('response', (response) => read(response, resolve, broken));
    request.end(form);
  }).finally(() => clearTimeout(timer));
}

function read(
  response: IncomingMessage,
  done: (answer: PostAnswer) => void,
  broken: () => void,
): void {
  let body = '';
  response.setEncoding('utf8');
  response.on('data', (part: string) => {
    if (body.length < bodyCharsMax) body += part;
  });
  response.on('error', broken);
  response.on('end', () => done({ type: 'answered', status: response.statusCode ?? 0, body }));
}

/** A kept connection that the other side had closed meanwhile counts as none. */
function failureOf(request: ClientRequest, { connected, timedOut }: Seen): PostAnswer {
  if (!connected) return { type: 'failed', error: 'connect' };
  if (timedOut) return { type: 'failed', error: 'timeout' };
  return { type: 'failed', error: request.reusedSocket ? 'connect' : 'cut' };
}
