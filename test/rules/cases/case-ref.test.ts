import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { caseRef } from '../../../src/cases/rules/case-ref.js';

const four = 30 ** 4;
const five = 30 ** 5;

describe('the reference of a case', () => {
  it('is unique while four characters last', () => {
    const refs = new Set<string>();
    for (let sequence = 0; sequence < four; sequence += 1) refs.add(caseRef(sequence));
    expect(refs.size).toBe(four);
  });

  it('grows when they are used up', () => {
    expect(caseRef(four - 1)).toHaveLength(4);
    expect(caseRef(four)).toHaveLength(5);
    expect(caseRef(four + five - 1)).toHaveLength(5);
    expect(caseRef(four + five)).toHaveLength(6);
  });

  it('differs for any two numbers, and never uses a character that is easily misread', () => {
    const anySequence = fc.oneof(
      fc.bigInt({ min: 0n, max: 10n ** 12n }),
      fc.bigInt({ min: BigInt(four), max: BigInt(four + five) }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(anySequence, { minLength: 2 }), (sequences) => {
        const refs = sequences.map(caseRef);
        expect(new Set(refs).size).toBe(sequences.length);
        for (const ref of refs) expect(ref).toMatch(/^[2-9A-HJKMNP-TV-Z]{4,}$/);
      }),
    );
  });

  it('is the same for the same number, whatever its type', () => {
    expect(caseRef(1234)).toBe(caseRef(1234n));
  });

  it('does not tell which case came before another', () => {
    const refs = Array.from({ length: 1000 }, (_, sequence) => caseRef(sequence));
    const rising = refs.filter((ref, index) => index > 0 && ref > refs[index - 1]!).length;
    expect(rising).toBeGreaterThan(400);
    expect(rising).toBeLessThan(600);
    expect(new Set(refs.map((ref) => ref.slice(0, 2))).size).toBeGreaterThan(500);
  });

  it('refuses a negative number, which no sequence gives', () => {
    expect(() => caseRef(-1)).toThrow('never negative');
  });
});
