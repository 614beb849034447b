import { describe, expect, it } from '@jest/globals';
import { regionCodes } from '../../../src/participants/rules/place.js';

const program = { country: 'US', region: 'NY' };

describe('where a license must be valid', () => {
  it.each([
    ['where they said they are', { country: 'US', region: 'NJ' }, ['NJ', 'US-NJ']],
    ['in another country by its whole name only', { country: 'CA', region: 'ON' }, ['CA-ON']],
    ['nowhere in particular without a region', { country: 'CA', region: null }, []],
    ['where the program is when they did not say', null, ['NY', 'US-NY']],
  ])('is %s', (_where, stated, codes) => {
    expect(regionCodes(stated, program)).toEqual(codes);
  });

  it('is not known where the program has no region either', () => {
    expect(regionCodes(null, { country: 'US', region: null })).toEqual([]);
  });
});
