import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { acuities } from '../../../src/cases/rules/policy.js';
import { assessAcuity } from '../../../src/cases/rules/acuity.js';
import { readFlag, type ReadFlag } from '../../../src/intake/reading/read-flag.js';
import { decodeText } from '../../../src/intake/rules/decode-text.js';

const names = `program participant source raisedBy text acuity need danger screener location
  callback raisedAt statusToken externalId name phone language birthYear minor role meansAtHand
  within instrument version answers country region address statedAt safeToCall safeToText
  safeToVoicemail __proto__ toString`.split(/\s+/);

/** Text of any characters, lone surrogates and NUL among them. */
const anyText = fc.string({ unit: 'binary', maxLength: 30 });
const anyValue = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  object: fc.dictionary(fc.oneof(fc.constantFrom(...names), anyText), tie('value'), { maxKeys: 8 }),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(anyText, fc.double(), fc.boolean(), fc.constant(null), fc.constantFrom('yes', 'US')),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
}));

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 500 }),
  anyText.map((text) => Buffer.from(text)),
  fc.oneof(anyValue.object, anyValue.value).map((value) => Buffer.from(JSON.stringify(value))),
);
const anyType = fc.option(fc.oneof(anyText, fc.constant('application/json')));

const readBytes = (bytes: Uint8Array, contentType: string | null, truncated: boolean): ReadFlag =>
  readFlag({ ...decodeText(bytes), contentType, truncated });

/** Every text that a column or a page would have to hold. */
function textsOf({ fields, warnings }: ReadFlag): string[] {
  const { danger: _danger, screener, ...rest } = fields;
  const held = [rest, screener?.instrument, screener?.version, warnings];
  return held.flatMap((one) => leavesOf(one)).filter((one) => typeof one === 'string');
}

function leavesOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return Object.values(value).flatMap(leavesOf);
}

describe('whatever bytes arrive', () => {
  it('are a flag that somebody can be paged for', () => {
    fc.assert(
      fc.property(anyBytes, anyType, fc.boolean(), (bytes, contentType, truncated) => {
        const flag = readBytes(bytes, contentType, truncated);

        const { acuity } = assessAcuity(flag.fields, { lowAcuityNeeds: [] });
        expect(acuities).toContain(acuity);
        expect(flag.fields.source).toMatch(/^[a-z][a-z0-9_]*$/);
        expect(new Set(flag.warnings).size).toBe(flag.warnings.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leave nothing that a text column cannot hold', () => {
    fc.assert(
      fc.property(anyBytes, anyType, (bytes, contentType) => {
        for (const text of textsOf(readBytes(bytes, contentType, false))) {
          expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('leave no words of a person in a warning', () => {
    const form = /^[a-z_]+(:([a-zA-Z]+\.)?[A-Za-z][A-Za-z0-9_]{0,39})?$/;
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        for (const warning of readBytes(bytes, null, false).warnings) {
          expect(warning).toMatch(form);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('that are not there at all are a flag as well', () => {
    expect(readBytes(new Uint8Array(), null, false).warnings).toEqual(['empty_body']);
  });
});
