import { createServer } from 'node:net';

const portsTriedMax = 100;

/** The first port from `wanted` on that nobody listens on; 0 takes any. */
export async function freePort(wanted: number): Promise<number> {
  if (wanted === 0) return anyPort();
  for (let port = wanted; port < wanted + portsTriedMax; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port between ${wanted} and its next neighbors.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '0.0.0.0', () => server.close(() => resolve(true)));
  });
}

function anyPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '0.0.0.0', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
