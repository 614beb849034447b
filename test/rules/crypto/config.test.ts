import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { CryptoConfig, cryptoEnv } from '../../../src/platform/crypto/crypto.config.js';

const newKey = (): string => randomBytes(32).toString('base64');

describe('the key ring', () => {
  it('keeps its keys in the order given', () => {
    const [first, second, index] = [newKey(), newKey(), newKey()];
    const config = CryptoConfig.from(
      cryptoEnv.parse({
        HANDRAIL_ENCRYPTION_KEYS: `2026b:${first}, 2026a:${second}`,
        HANDRAIL_INDEX_KEY: index,
      }),
    );
    expect(config.keyRing).toEqual([
      { id: '2026b', key: Buffer.from(first, 'base64') },
      { id: '2026a', key: Buffer.from(second, 'base64') },
    ]);
    expect(config.indexKey).toEqual(Buffer.from(index, 'base64'));
  });

  it.each([
    ['nothing', ''],
    ['a key without an id', newKey()],
    ['a key of 31 bytes', `a:${randomBytes(31).toString('base64')}`],
    ['a key that is not base64', `a:${'*'.repeat(44)}`],
    ['an id with a space', `a b:${newKey()}`],
    ['an id used twice', `a:${newKey()},a:${newKey()}`],
    ['a comma too many', `a:${newKey()},`],
  ])('refuses %s, without repeating a key in the message', (_what, ring) => {
    const parsed = cryptoEnv.safeParse({
      HANDRAIL_ENCRYPTION_KEYS: ring,
      HANDRAIL_INDEX_KEY: newKey(),
    });
    expect(parsed.success).toBe(false);
    const secret = ring.split(':').at(-1)?.replace(/,$/, '') ?? '';
    if (secret !== '') expect(JSON.stringify(parsed.error?.issues)).not.toContain(secret);
  });

  it('lists every problem at once', () => {
    const parsed = cryptoEnv.safeParse({
      HANDRAIL_ENCRYPTION_KEYS: 'a,b',
      HANDRAIL_INDEX_KEY: 'c',
    });
    expect(parsed.error?.issues).toHaveLength(3);
  });

  it('holds the key of the index nowhere, and does not repeat it', () => {
    const [first, second] = [newKey(), newKey()];
    const parsed = cryptoEnv.safeParse({
      HANDRAIL_ENCRYPTION_KEYS: `a:${first},b:${second}`,
      HANDRAIL_INDEX_KEY: second,
    });
    expect(parsed.error?.issues).toMatchObject([
      { path: ['HANDRAIL_INDEX_KEY'], message: 'must be none of HANDRAIL_ENCRYPTION_KEYS' },
    ]);
    expect(JSON.stringify(parsed.error?.issues)).not.toContain(second);
  });
});
