const codeDigits = 6;

const passWords = new Set(['N', 'NO', 'PASS', 'PASO', 'DECLINE']);
const refusals = new Set(['NOT', 'CANT', 'CANNOT', 'DONT']);
const takeWords = new Set([
  'A',
  'ACK',
  'ACCEPT',
  'GOT',
  'OK',
  'SI',
  'TAKE',
  'TAKING',
  'TOMO',
  'Y',
  'YES',
]);
const fillers = new Set(['CASE', 'I', 'IT', 'ILL', 'IM', 'LA', 'LO', 'THE', 'TO', 'WILL']);

/**
 * The code in a reply to a page, and whether it takes or passes. A bare code takes. Null when there
 * is no code, several codes, or any word that is not understood: nobody takes a case by accident.
 */
export function parseReply(body: string): { code: string; take: boolean } | null {
  const plain = body
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toUpperCase();
  const code = readCode(plain);
  const take = readTake(plain.match(/\p{L}+/gu) ?? []);
  return code === null || take === null ? null : { code, take };
}

/** Digits may be spaced; the same code twice is still one. */
function readCode(plain: string): string | null {
  const digits = plain.replace(/\D/g, '');
  const code = digits.slice(0, codeDigits);
  const isOne = code.length === codeDigits && (digits === code || digits === code + code);
  return isOne ? code : null;
}

function readTake(words: string[]): boolean | null {
  const telling = words.filter((word) => !fillers.has(word));
  if (telling.some((word) => !isKnown(word))) return null;
  if (telling.some((word) => refusals.has(word))) return false;
  const passes = telling.some((word) => passWords.has(word));
  const takes = telling.some((word) => takeWords.has(word));
  return passes && takes ? null : !passes;
}

function isKnown(word: string): boolean {
  return passWords.has(word) || takeWords.has(word) || refusals.has(word);
}
