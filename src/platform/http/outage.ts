/**
 * PostgreSQL SQLSTATE: connection lost, out of resources, shut down or canceled, and what somebody
 * else who died or dallies still holds: a lock not had in time, a deadlock.
 */
const outageStates = /^(?:(?:08|53|57)[0-9A-Z]{3}|55P03|40001|40P01)$/;
const networkCodes = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);
/** What pg, its pool and TypeORM say without a code when the database is away. */
const awayMessages: readonly RegExp[] = [
  /^Query read timeout/,
  /^timeout expired/,
  /^timeout exceeded when trying to connect/,
  /^Connection terminated/,
  /^Client (has encountered|was closed)/,
  /^Cannot use a pool after/,
  /^Driver not Connected/,
  /^Connection with \w+ database is not established/,
  /^Cannot execute operation because connection/,
  /^Query runner already released/,
  /^Database connection provided by a query runner was already released/,
];

const depthMax = 4;

/** Whether the database or the network was away: nothing is wrong with the request or with us. */
export function isOutage(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > depthMax) return false;
  const { code, message, cause }: Partial<Record<'code' | 'message' | 'cause', unknown>> = error;
  if (typeof code === 'string' && (networkCodes.has(code) || outageStates.test(code))) return true;
  if (typeof message === 'string' && awayMessages.some((away) => away.test(message))) return true;
  return isOutage(cause, depth + 1);
}
