import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { bodyCut } from '../lenient-body.js';
import { problemOf, type ProblemExtras } from '../problem.js';
import { problemBody, problemType } from '../send-problem.js';
import { securityHeaders } from './security-headers.js';

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

interface SocketError extends Error {
  code?: string | undefined;
  rawPacket?: unknown;
}

/** Answers what never becomes a request: malformed HTTP, too slow, too large, tunnels. */
export class Sockets {
  /** What the last request of a connection is, and which answers are still to come. */
  private readonly open = new WeakMap<Duplex, Set<Exchange>>();
  private readonly last = new WeakMap<Duplex, Exchange>();
  private readonly refused = new WeakSet<Duplex>();

  constructor(
    private readonly lingerMs: number,
    private readonly extras: () => ProblemExtras | null,
  ) {}

  watch(server: Server): void {
    server.prependListener('request', (request, response) => this.track(request, response));
    // Any other expectation than 100-continue may be ignored (RFC 9110, 10.1.1), so nobody is sent
    // away with a bare 417.
    server.on('checkExpectation', (request, response) => server.emit('request', request, response));
    server.on('connect', (_request, socket) => this.refuse(socket, 405));
  }

  /** Earlier requests of the connection get their answers before it is refused. */
  onError(error: SocketError, socket: Duplex): void {
    if (this.refused.has(socket)) return;
    this.refused.add(socket);
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const last = this.last.get(socket);
    if (last !== undefined && !last.request.complete) this.endCutRequest(last, socket, error);
    else this.whenAnswered(socket, () => this.refuse(socket, statusFor(error, last === undefined)));
  }

  private track(request: IncomingMessage, response: ServerResponse): void {
    const exchange = { request, response };
    const open = this.open.get(request.socket) ?? new Set();
    this.open.set(request.socket, open.add(exchange));
    this.last.set(request.socket, exchange);
    response.once('close', () => open.delete(exchange));
  }

  /** The body broke off: whoever reads it leniently still answers, anybody else never could. */
  private endCutRequest({ request, response }: Exchange, socket: Duplex, error: SocketError): void {
    const isAnswered = response.writableEnded;
    if (isAnswered || request.emit(bodyCut))
      this.whenAnswered(socket, () => this.closeSoon(socket));
    else this.refuse(socket, statusFor(error, false));
  }

  private whenAnswered(socket: Duplex, then: () => void): void {
    const [next] = this.open.get(socket) ?? [];
    if (next === undefined) then();
    else next.response.once('close', () => this.whenAnswered(socket, then));
  }

  private refuse(socket: Duplex, status: number): void {
    if (!socket.writable) return;
    const body = problemBody(problemOf(status), this.extras(), { url: '', headers: {} });
    const headers: Record<string, string> = {
      ...securityHeaders,
      ...(status === 405 ? { Allow: 'GET, HEAD, POST' } : {}),
      'Content-Type': problemType,
      'Content-Length': String(Buffer.byteLength(body)),
      Connection: 'close',
    };
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`);
    this.closeSoon(socket);
  }

  /** Closing at once with unread bytes would reset the connection and lose the answer. */
  private closeSoon(socket: Duplex): void {
    socket.end();
    socket.resume();
    const timer = setTimeout(() => socket.destroy(), this.lingerMs);
    socket.once('close', () => clearTimeout(timer));
    socket.once('end', () => socket.destroy());
  }
}

const requestLine = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+ \S+ HTTP\/1\.[01]\r?\n/;

/** Node's parser knows no other methods than its own: a well-formed one is not malformed HTTP. */
function statusFor({ code, rawPacket }: SocketError, isFirst: boolean): number {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  if (code !== 'HPE_INVALID_METHOD' || !isFirst) return 400;
  return requestLine.test(String(rawPacket)) ? 405 : 400;
}
