import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  canonicalForm,
  type JsonObject,
  type JsonValue,
} from '../../../src/audit/rules/canonical.js';

const { anyBody } = fc.letrec<{ anyBody: JsonObject; anyValue: JsonValue }>((tie) => ({
  anyBody: fc.dictionary(fc.string({ unit: 'grapheme' }), tie('anyValue'), { maxKeys: 5 }),
  anyValue: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('anyValue'), { maxLength: 4 }),
    tie('anyBody'),
  ),
}));

const reversed = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).toReversed());

describe('the canonical form', () => {
  it('does not depend on the order in which members were set', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        expect(canonicalForm(reversed(body))).toBe(canonicalForm(body));
      }),
    );
  });

  it('is unchanged by being read and written again', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const text = canonicalForm(body);
        expect(canonicalForm(JSON.parse(text) as JsonObject)).toBe(text);
      }),
    );
  });

  it('differs for different values', () => {
    fc.assert(
      fc.property(anyBody, anyBody, (one, other) => {
        const same = canonicalForm(one) === canonicalForm(other);
        expect(same).toBe(JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)));
      }),
    );
  });

  it('sorts members by UTF-16 code units and writes no spaces', () => {
    const text = canonicalForm({ '\u20ac': 1, '\r': 2, '1': 3, '\ud83d\ude00': 4, '\ufb33': 5 });
    expect(text).toBe('{"\\r":2,"1":3,"\u20ac":1,"\ud83d\ude00":4,"\ufb33":5}');
  });

  it('leaves out members that are undefined', () => {
    expect(canonicalForm({ step: 1, reason: undefined })).toBe('{"step":1}');
  });

  it.each([
    ['a fraction', 0.5],
    ['an integer beyond 2^53', 2 ** 53],
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a lone high surrogate', 'broken \ud83d'],
    ['a lone low surrogate', '\ude00 broken'],
    ['a date', new Date(0)],
    ['bytes', Buffer.of(1)],
    ['a function', () => 1],
    ['a big integer', 1n],
    ['undefined in a list', [undefined]],
  ])('refuses %s, however deep', (_what, value) => {
    const body = { list: [{ deep: value as JsonValue }] };
    expect(() => canonicalForm(body)).toThrow(Error);
  });

  it('refuses a lone surrogate in a name', () => {
    expect(() => canonicalForm({ '\ud83d': 1 })).toThrow('surrogate');
  });
});

function sorted(value: JsonValue | undefined): unknown {
  if (Array.isArray(value)) return value.map((item: JsonValue) => sorted(item));
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  return Object.entries(value)
    .map(([name, member]) => [name, sorted(member)])
    .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1));
}
