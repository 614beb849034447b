import canonicalize from 'canonicalize';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** Members that are undefined are left out. Numbers are integers. */
export interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}

/**
 * RFC 8785 (JCS): one text for one value, whatever the order of its members. Throws a plain Error
 * for what would not survive being stored and read again: fractions, integers beyond 2^53, lone
 * surrogates, and anything that is not JSON.
 */
export function canonicalForm(value: JsonObject): string {
  refuseUnfit(value);
  const text = canonicalize(value);
  if (text === undefined) throw new Error('Only JSON has a canonical form.');
  return text;
}

function refuseUnfit(value: unknown): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error('Only safe integers have a canonical form.');
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) refuseUnfit(item);
    return;
  }
  if (!isPlainObject(value)) throw new Error('Only JSON has a canonical form.');
  for (const member of Object.values(value)) if (member !== undefined) refuseUnfit(member);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
