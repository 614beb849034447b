/** Without 0, 1, I, L, O and U, so that none is misread or misheard for another. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const base = BigInt(alphabet.length);
const lengthMin = 4n;

/** Constants without meaning; changing one would give old numbers new references. */
const roundKeys = [7_919n, 104_729n, 15_485_863n, 32_452_843n];
const multiplier = 2_654_435_761n;

/**
 * The short name of a case: four characters, five when those are used up, and so on. Distinct
 * sequence numbers give distinct references, in an order that tells nothing of how many there are.
 */
export function caseRef(sequence: bigint | number): string {
  let rest = BigInt(sequence);
  if (rest < 0n) throw new Error('a case sequence is never negative');
  let length = lengthMin;
  while (rest >= base ** length) {
    rest -= base ** length;
    length += 1n;
  }
  return spell(shuffle(rest, length), Number(length));
}

/** A permutation of the numbers below `base ** length`: each round adds one half to the other. */
function shuffle(value: bigint, length: bigint): bigint {
  const highSize = base ** (length / 2n);
  const lowSize = base ** length / highSize;
  let high = value / lowSize;
  let low = value % lowSize;
  for (const key of roundKeys) {
    high = (high + scramble(low, key)) % highSize;
    low = (low + scramble(high, key)) % lowSize;
  }
  return high * lowSize + low;
}

/** The middle of a product, which depends on every digit. */
function scramble(half: bigint, key: bigint): bigint {
  return ((half + key) ** 2n * multiplier) >> 20n;
}

function spell(value: bigint, length: number): string {
  let rest = value;
  let ref = '';
  for (let place = 0; place < length; place += 1) {
    ref = alphabet.charAt(Number(rest % base)) + ref;
    rest /= base;
  }
  return ref;
}
