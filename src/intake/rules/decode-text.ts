/** What arrived, as text that can be kept and read. */
export interface DecodedText {
  /** Without NUL, and with a replacement where there was no character. */
  text: string;
  /** Some of it was no UTF-8, or NUL. */
  damaged: boolean;
}

/** Never throws. A byte order mark in front is left out: it is none of the words. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const decoded = new TextDecoder().decode(bytes);
  const text = cleanText(decoded);
  return { text, damaged: text !== decoded || !isUtf8(bytes) };
}

/** Without NUL, which no text column can hold, and without lone surrogates. */
export function cleanText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    // Safe: the caller keeps what can be read and says so.
    return false;
  }
}
