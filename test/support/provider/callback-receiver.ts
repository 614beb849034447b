import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedCallback {
  path: string;
  headers: IncomingHttpHeaders;
  params: Record<string, string>;
}

export interface Answer {
  status: number;
  body?: string;
}

export interface CallbackReceiver {
  /** What arrived since `forget`; what was still on its way then is not counted. */
  readonly received: ReceivedCallback[];
  /** The address for this test: the same path below a base that no earlier test has used. */
  address(path: string): string;
  forget(): void;
  stop(): Promise<void>;
}

/** A stand-in for the service's webhook addresses, for tests of the lab alone. */
export async function startCallbackReceiver(
  answer: (callback: ReceivedCallback) => Answer = () => ({ status: 204 }),
): Promise<CallbackReceiver> {
  let received: ReceivedCallback[] = [];
  let round = 1;
  const server = createServer((request, response) => {
    let form = '';
    request.on('data', (chunk) => (form += chunk));
    request.on('end', () => {
      const params = Object.fromEntries(new URLSearchParams(form));
      const [, base, path = ''] = /^\/(\d+)(\/.*)$/.exec(request.url ?? '') ?? [];
      const callback = { path, headers: request.headers, params };
      if (base === String(round)) received.push(callback);
      const { status, body } = answer(callback);
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    get received() {
      return received;
    },
    address: (path) => `http://localhost:${port}/${round}${path}`,
    forget: () => {
      received = [];
      round += 1;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
