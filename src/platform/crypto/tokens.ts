import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const digitsMax = 12;

/** A secret for a link (128 bits) or an API key (256 bits), base64url without padding. */
export function newToken(bits: 128 | 256 = 128): string {
  return randomBytes(bits / 8).toString('base64url');
}

/** What is stored of a token: enough to recognize it, useless to whoever reads the table. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** Takes the same time wherever the two differ. */
export function sameBytes(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Evenly distributed, leading zeros included, 1 to 12 digits. */
export function newNumericCode(digits: number): string {
  if (!Number.isInteger(digits) || digits < 1 || digits > digitsMax) {
    throw new Error(`A code has 1 to ${digitsMax} digits, not ${digits}.`);
  }
  return String(randomInt(10 ** digits)).padStart(digits, '0');
}
