import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const overheadBytes = 1 + nonceBytes + tagBytes;

/** AES-256-GCM as `version ‖ nonce ‖ ciphertext ‖ tag`; opens only under the same `bindings`. */
export function encrypt(key: Buffer, plain: Buffer, bindings: readonly string[]): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce);
  cipher.setAAD(additionalData(bindings));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, body, cipher.getAuthTag()]);
}

/** Throws a plain Error when key, bindings or a single bit differ. */
export function decrypt(key: Buffer, sealed: Buffer, bindings: readonly string[]): Buffer {
  if (sealed.length < overheadBytes || sealed[0] !== version) {
    throw new Error('Sealed bytes are not in a known form.');
  }
  const tagStart = sealed.length - tagBytes;
  const nonce = sealed.subarray(1, 1 + nonceBytes);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(additionalData(bindings));
  decipher.setAuthTag(sealed.subarray(tagStart));
  const body = sealed.subarray(1 + nonceBytes, tagStart);
  const plain = decipher.update(body);
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch (cause) {
    // Nothing of `plain` is given away: it is not known to be what was sealed.
    throw new Error('Sealed bytes do not open: another key, another place, or altered.', { cause });
  }
}

// A JSON array keeps its parts apart: ["ab","c"] and ["a","bc"] are different bytes.
function additionalData(bindings: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify([version, ...bindings]), 'utf8');
}
