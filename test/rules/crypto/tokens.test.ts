import { describe, expect, it } from '@jest/globals';
import {
  hashToken,
  newNumericCode,
  newToken,
  sameBytes,
} from '../../../src/platform/crypto/tokens.js';

describe('a token', () => {
  it('has 128 or 256 random bits in letters that need no escaping in an address', () => {
    expect(newToken()).toMatch(/^[\w-]{22}$/);
    expect(newToken(256)).toMatch(/^[\w-]{43}$/);
    expect(newToken()).not.toBe(newToken());
  });

  it('is recognized by its hash, which is not the token', () => {
    const token = newToken(256);
    expect(sameBytes(hashToken(token), hashToken(token))).toBe(true);
    expect(sameBytes(hashToken(token), hashToken(newToken(256)))).toBe(false);
    expect(sameBytes(hashToken(token), Buffer.from(token))).toBe(false);
  });
});

describe('a numeric code', () => {
  it('always has as many digits as asked for, leading zeros included', () => {
    const codes = Array.from({ length: 500 }, () => newNumericCode(2));
    expect(codes.every((code) => /^\d{2}$/.test(code))).toBe(true);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  });

  it.each([0, 13, 1.5, -4])('is not made of %d digits', (digits) => {
    expect(() => newNumericCode(digits)).toThrow('digits');
  });
});
