import { expect } from '@jest/globals';
import type { RawAnswer } from '../../support/http-shell.js';

/** A request that ends its connection, byte for byte. */
export const request = (line: string, headers = 'Host: x\r\n', body = ''): string =>
  `${line} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n${body}`;
export const post = (path: string, type: string, body: string): string =>
  request(
    `POST ${path}`,
    `Host: x\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`,
    body,
  );
export const chunked = 'Host: x\r\nTransfer-Encoding: chunked\r\n';
export const megabytes = (count: number): string => 'a'.repeat(count * 1024 * 1024);

/** A problem, with an emergency number that can be called by a touch. */
export function expectProblem(answer: RawAnswer | undefined, status: number, code?: string): void {
  expect(answer?.status).toBe(status);
  expect(answer?.headers).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  const problem = JSON.parse(answer?.body ?? '{}');
  expect(problem).toMatchObject({ type: 'about:blank', status, title: expect.any(String) });
  if (code !== undefined) expect(problem.code).toBe(code);
  const channels = problem.resources
    .filter(({ category }: { category: string }) => category === 'emergency')
    .flatMap((resource: { channels: object[] }) => resource.channels);
  expect(channels).toContainEqual(
    expect.objectContaining({ href: expect.stringMatching(/^tel:\d+$/) }),
  );
}
