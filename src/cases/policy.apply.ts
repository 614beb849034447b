import { isZone } from '../programs/rules/zone.js';
import { parsePolicy } from './rules/policy-schema.js';

/**
 * Reads a policy as a program's file writes it; every problem at once. An unknown zone is a problem
 * of the program, and no second one of its policy.
 */
export function readPolicy(body: object, zone: unknown): ReturnType<typeof parsePolicy> {
  const known = typeof zone === 'string' && isZone(zone) ? zone : 'UTC';
  return parsePolicy({ ...body, version: 1, zone: known });
}
