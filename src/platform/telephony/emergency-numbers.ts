/** Numbers of emergency services around the world: a person dials them, this service never. */
const emergencyCodes: ReadonlySet<string> = new Set(
  '911 112 999 000 111 10177 110 119 118 15 17 18 144 133 131 192 190 995'.split(' '),
);

/** Crisis lines with a short code: shown to people, never paged. */
const crisisCodes: ReadonlySet<string> = new Set(['988']);

const callingCodeDigitsMax = 3;

/** True for an emergency number in any spelling, with or without a country's calling code. */
export const isEmergencyNumber = (to: string): boolean => isOneOf(emergencyCodes, to);

/** True for a short-code crisis line in any spelling. */
export const isCrisisLine = (to: string): boolean => isOneOf(crisisCodes, to);

function isOneOf(codes: ReadonlySet<string>, to: string): boolean {
  const digits = to.replace(/\D/g, '');
  if (codes.has(digits)) return true;
  if (!to.trim().startsWith('+')) return false;
  for (let length = 1; length <= callingCodeDigitsMax; length += 1) {
    if (codes.has(digits.slice(length))) return true;
  }
  return false;
}

/**
 * The last guard before the provider, whatever was checked above. Throws a plain error, because a
 * page to an emergency number is a defect and never a caller's mistake.
 */
export function assertMayBePaged(to: string): void {
  if (isEmergencyNumber(to) || isCrisisLine(to)) {
    throw new Error('refused: an emergency number or crisis line is never paged');
  }
  if (!/^\+[1-9]\d{7,14}$/.test(to)) throw new Error('refused: not an E.164 number');
}
