import { z } from 'zod';

/** One key of the ring; `id` is stored beside what it wrapped, so that keys can be replaced. */
export interface RingKey {
  readonly id: string;
  readonly key: Buffer;
}

const keyBytes = 32;
const entryForm = /^([A-Za-z0-9_-]{1,32}):(.+)$/;

// Problems never quote the value: it is a secret, also when it is mistyped.
const readKeyRing = z.string().transform((text, context): readonly RingKey[] => {
  const ring: RingKey[] = [];
  for (const [position, entry] of text.split(',').entries()) {
    const [, id, encoded] = entryForm.exec(entry.trim()) ?? [];
    const key = decodeKey(encoded ?? '');
    if (id === undefined || key === null) {
      context.addIssue(`entry ${position + 1} must be id:base64 of ${keyBytes} bytes`);
    } else if (ring.some((earlier) => earlier.id === id)) {
      context.addIssue(`entry ${position + 1} repeats the id ${id}`);
    } else {
      ring.push({ id, key });
    }
  }
  return ring;
});

const readIndexKey = z.string().transform((text, context): Buffer => {
  const key = decodeKey(text.trim());
  if (key === null) context.addIssue(`must be base64 of ${keyBytes} bytes`);
  return key ?? Buffer.alloc(0);
});

function decodeKey(encoded: string): Buffer | null {
  const key = Buffer.from(encoded, 'base64');
  return key.length === keyBytes && key.toString('base64') === encoded ? key : null;
}

export const cryptoEnv = z
  .object({ HANDRAIL_ENCRYPTION_KEYS: readKeyRing, HANDRAIL_INDEX_KEY: readIndexKey })
  .refine(isIndexKeyApart, {
    path: ['HANDRAIL_INDEX_KEY'],
    message: 'must be none of HANDRAIL_ENCRYPTION_KEYS',
  });

/** Whoever may compare hashes must not thereby be able to open what is sealed. */
function isIndexKeyApart(env: {
  HANDRAIL_ENCRYPTION_KEYS: readonly RingKey[];
  HANDRAIL_INDEX_KEY: Buffer;
}): boolean {
  return !env.HANDRAIL_ENCRYPTION_KEYS.some(({ key }) => key.equals(env.HANDRAIL_INDEX_KEY));
}

export class CryptoConfig {
  constructor(
    /** The first encrypts, every one decrypts. */
    readonly keyRing: readonly RingKey[],
    readonly indexKey: Buffer,
  ) {}

  static from(env: z.output<typeof cryptoEnv>): CryptoConfig {
    const ring = Object.freeze(env.HANDRAIL_ENCRYPTION_KEYS);
    return Object.freeze(new CryptoConfig(ring, env.HANDRAIL_INDEX_KEY));
  }
}
