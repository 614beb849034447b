/** The default alphabet of GSM 03.38, without the escape, and what needs the escape before it. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extended = new Set('\f^{}\\[~]|€');

/** The signs that force a text message into UCS-2, which cuts a segment from 160 signs to 70. */
export function foreignToGsm7(text: string): string[] {
  return [...new Set(text)].filter((sign) => !basic.has(sign) && !extended.has(sign));
}

/** The same in signs of the alphabet: letters lose what they cannot carry, the rest is left out. */
export function toGsm7(text: string): string {
  return Array.from(text.normalize('NFC'), (sign) => {
    if (foreignToGsm7(sign).length === 0) return sign;
    const bare = sign.normalize('NFKD').replace(/\p{M}/gu, '');
    return Array.from(bare)
      .filter((part) => foreignToGsm7(part).length === 0)
      .join('');
  }).join('');
}

/** Septets in one text message (160 fit in a segment); null: it would be sent as UCS-2. */
export function septets(text: string): number | null {
  if (foreignToGsm7(text).length > 0) return null;
  return Array.from(text).reduce((sum, sign) => sum + (extended.has(sign) ? 2 : 1), 0);
}

/** How many segments a carrier bills and may reorder (3GPP TS 23.038 and 23.040). */
export function smsSegments(text: string): number {
  const length = septets(text);
  return length === null ? split(text.length, 70, 67) : split(length, 160, 153);
}

const split = (length: number, alone: number, joined: number): number =>
  length <= alone ? 1 : Math.ceil(length / joined);
