import type { Policy } from './rules/policy.js';
import { parsePolicy } from './rules/policy-schema.js';

/** Reads a policy as a program's file writes it; `zone` is the program's. Every problem at once. */
export function readPolicy(
  body: object,
  zone: string,
): { policy: Omit<Policy, 'version' | 'zone'> } | { problems: string[] } {
  const parsed = parsePolicy({ ...body, version: 1, zone });
  if ('problems' in parsed) return parsed;
  const { version: _version, zone: _zone, ...policy } = parsed.policy;
  return { policy };
}
