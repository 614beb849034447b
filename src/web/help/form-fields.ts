import { shortenText } from '../../platform/shorten-text.js';
import type { LenientBody } from '../../platform/http/lenient-body.js';

/** The fields of a form, as far as it is one; anything else has none and is no error. */
export function formFields({ raw, contentType }: LenientBody): URLSearchParams {
  if (contentType !== null && !/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    return new URLSearchParams();
  }
  const fields = new URLSearchParams(raw.toString('utf8'));
  // No text column can hold NUL.
  return new URLSearchParams(
    [...fields].map(([name, value]) => [name, value.replaceAll('\u0000', '')]),
  );
}

/** The text of a field, shortened; null when it is missing or empty. */
export function textField(fields: URLSearchParams, name: string, lengthMax: number): string | null {
  return shortenText(fields.get(name)?.trim() ?? '', lengthMax) || null;
}

/** A token or mark as we make them; null for anything else. */
export function tokenField(fields: URLSearchParams, name: string): string | null {
  const value = fields.get(name);
  return value !== null && isToken(value) ? value : null;
}

export const isToken = (text: string): boolean => /^[\w-]{16,64}$/.test(text);

/** The query of an address. */
export const queryOf = (url: string): URLSearchParams =>
  new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
