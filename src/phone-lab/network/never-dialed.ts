const neverDialed = new Set(
  '911 112 999 000 111 10177 110 119 118 15 17 18 144 133 131 192 190 995'.split(' '),
);
const callingCodeDigitsMax = 3;

/** The lab's own list of emergency numbers: it must notice what every guard before it let pass. */
export function isNeverDialed(number: string): boolean {
  const digits = number.replace(/\D/g, '');
  const codeDigitsMax = number.startsWith('+') ? callingCodeDigitsMax : 0;
  for (let length = 0; length <= codeDigitsMax; length += 1) {
    if (neverDialed.has(digits.slice(length))) return true;
  }
  return false;
}
