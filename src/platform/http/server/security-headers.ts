import type { FastifyReply } from 'fastify';

/** On every answer, also on those that never reach the framework. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
};

const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
  "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** A handler that set one of these itself keeps its own value. */
export function secure(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(securityHeaders))
    if (!reply.hasHeader(name)) reply.header(name, value);
  const isPage = String(reply.getHeader('Content-Type') ?? '').startsWith('text/html');
  if (isPage && !reply.hasHeader('Content-Security-Policy'))
    reply.header('Content-Security-Policy', pagePolicy);
}
