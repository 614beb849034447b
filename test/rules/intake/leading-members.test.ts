import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leadingMembers } from '../../../src/intake/rules/leading-members.js';

/** What was read of a cut object is in the whole one, at the same place. */
function isWithin(part: unknown, whole: unknown): boolean {
  if (JSON.stringify(part) === JSON.stringify(whole)) return true;
  const areObjects = [part, whole].every((one) => typeof one === 'object' && one !== null);
  if (!areObjects || Array.isArray(part) || Array.isArray(whole)) return false;
  const outer = whole as Record<string, unknown>;
  return Object.entries(part as object).every(
    ([name, value]) => Object.hasOwn(outer, name) && isWithin(value, outer[name]),
  );
}

const anyObject = fc.dictionary(fc.string(), fc.jsonValue());

describe('the leading members of a broken object', () => {
  it.each<[string, string, unknown]>([
    ['nothing', '', {}],
    ['no object', '["a", 1', {}],
    ['words', 'please call me', {}],
    ['a whole object', '{"a": 1, "b": [2, {"c": null}]}', { a: 1, b: [2, { c: null }] }],
    ['a text without end', '{"a": true, "b": "it is', { a: true }],
    ['a number that may go on', '{"a": 1, "b": 12', { a: 1 }],
    ['a word that may go on', '{"a": 1, "b": tru', { a: 1 }],
    ['a name without end', '{"a": 1, "b', { a: 1 }],
    ['an array without end', '{"a": 1, "b": [1, 2', { a: 1 }],
    ['an object without end', '{"a": {"b": true, "c": "x', { a: { b: true } }],
    ['an object too deep in', '{"a":{"a":{"a":{"a":{"b":1,', {}],
    ['a comma too many', '{"a": 1,, "b": 2}', { a: 1 }],
    ['something unquoted', '{"a": 1, b: 2}', { a: 1 }],
    ['words behind', '{"a": 1} and more', { a: 1 }],
    ['brackets in a text', '{"a": "}{][", "b": "\\"}', { a: '}{][' }],
    ['a name said twice', '{"a": 1, "a": 2, "b', { a: 2 }],
  ])('of %s', (_what, text, members) => {
    expect(leadingMembers(text)).toEqual(members);
  });

  it('are never anything that the whole one does not say', () => {
    fc.assert(
      fc.property(anyObject, fc.nat(), fc.constantFrom(0, 1, 2), (whole, cut, indent) => {
        const text = JSON.stringify(whole, null, indent);
        const read = leadingMembers(text.slice(0, cut % (text.length + 1)));
        expect(isWithin(read, JSON.parse(text))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('are all of them when nothing is missing', () => {
    fc.assert(
      fc.property(anyObject, (whole) => {
        const text = JSON.stringify(whole);
        expect(leadingMembers(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('end for whatever text there is', () => {
    fc.assert(fc.property(fc.string(), (text) => void leadingMembers(text)));
    expect(leadingMembers('{"a":'.repeat(13_000))).toEqual({});
    expect(leadingMembers('{'.repeat(65_536))).toEqual({});
    expect(leadingMembers(`{"a":1,${'"\\'.repeat(30_000)}`)).toEqual({ a: 1 });
  });
});
