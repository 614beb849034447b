import type { DecodedText } from '../../../src/intake/rules/decode-text.js';
import {
  type FlagFields,
  type RawFlag,
  type ReadFlag,
  readFlag,
} from '../../../src/intake/reading/read-flag.js';

/** A body that arrived whole, as the JSON that it says it is. */
export function read(text: string, arrived: Partial<RawFlag> = {}): ReadFlag {
  const raw: RawFlag = { text, damaged: false, contentType: 'application/json', truncated: false };
  return readFlag({ ...raw, ...arrived });
}

export const readObject = (body: unknown): ReadFlag => read(JSON.stringify(body));

export const readDecoded = (decoded: DecodedText): ReadFlag => read(decoded.text, decoded);

/** What was understood, without the fields of which nothing was. */
export function understood(body: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(readObject(body).fields)) as Record<string, unknown>;
}

/** What is understood of no words at all. */
export const nothing: Partial<FlagFields> = { source: 'partner_api' };
