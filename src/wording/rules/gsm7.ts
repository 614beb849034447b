const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extended = '^{}\\[~]|€\f';

const basicSet = new Set(basic);
const extendedSet = new Set(extended);

/** The signs that force a text message into UCS-2, which cuts a segment from 160 signs to 70. */
export function foreignToGsm7(text: string): string[] {
  return [...new Set(text)].filter((sign) => !basicSet.has(sign) && !extendedSet.has(sign));
}

/** How many segments a carrier bills and may reorder (3GPP TS 23.038 and 23.040). */
export function smsSegments(text: string): number {
  if (foreignToGsm7(text).length > 0) return split(text.length, 70, 67);
  const septets = Array.from(text).reduce((sum, sign) => sum + (extendedSet.has(sign) ? 2 : 1), 0);
  return split(septets, 160, 153);
}

const split = (length: number, alone: number, joined: number): number =>
  length <= alone ? 1 : Math.ceil(length / joined);
