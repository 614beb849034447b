import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { BlindIndex } from '../../../src/platform/crypto/blind-index.js';
import { CryptoConfig } from '../../../src/platform/crypto/crypto.config.js';
import { DataKey, type Place } from '../../../src/platform/crypto/data-key.js';

const place: Place = { table: 'participants', row: 'p1', column: 'name' };
const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('a sealed text', () => {
  const key = new DataKey(randomBytes(32));

  it('opens to what was sealed, in its own place', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(key.open(place, key.seal(place, text))).toBe(text);
      }),
    );
  });

  it('shows nothing of the text and never looks the same twice', () => {
    const first = key.seal(place, 'Robin Example');
    expect(first.toString('latin1')).not.toContain('Robin');
    expect(first.equals(key.seal(place, 'Robin Example'))).toBe(false);
  });

  it('does not open when any single bit is flipped', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat({ max: 7 }), (text, pick, bit) => {
        const sealed = key.seal(place, text);
        const at = pick % sealed.length;
        sealed[at] = sealed[at]! ^ (1 << bit);
        expect(() => key.open(place, sealed)).toThrow(Error);
      }),
    );
  });

  it('does not open when cut short', () => {
    const sealed = key.seal(place, 'text');
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => key.open(place, sealed.subarray(0, length))).toThrow(Error);
    }
  });

  it.each<Place>([
    { ...place, table: 'staff' },
    { ...place, row: 'p2' },
    { ...place, column: 'phone' },
    { table: 'participant', row: 'sp1', column: 'name' },
    { table: 'participants', row: 'p1n', column: 'ame' },
  ])('does not open in %j', (other) => {
    const sealed = key.seal(place, 'text');
    expect(() => key.open(other, sealed)).toThrow(Error);
  });

  it('does not open under the key of somebody else', () => {
    const sealed = key.seal(place, 'text');
    expect(() => new DataKey(randomBytes(32)).open(place, sealed)).toThrow(Error);
  });
});

describe('a blind index', () => {
  const indexKey = randomBytes(32);
  const index = new BlindIndex(new CryptoConfig([], indexKey));

  it('is equal for equal kind, value and key, and for nothing else', () => {
    const known = index.of('phone', '+12025550101');
    expect(index.of('phone', '+12025550101')).toEqual(known);
    expect(known).toHaveLength(32);
    const elsewhere = new BlindIndex(new CryptoConfig([], randomBytes(32)));
    const others = [
      index.of('phone', '+12025550102'),
      index.of('caller', '+12025550101'),
      index.of('phone+', '12025550101'),
      elsewhere.of('phone', '+12025550101'),
    ];
    for (const other of others) expect(other.equals(known)).toBe(false);
  });
});
