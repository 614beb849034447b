import querystring from 'node:querystring';

/** Flat texts, the first of each name: signatures of callbacks are computed over exactly these. */
export function readForm(text: string, fieldsMax: number): Record<string, string> {
  const fields = querystring.parse(text, '&', '=', { maxKeys: fieldsMax });
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, firstOf(value)]));
}

const firstOf = (value: string | string[] | undefined): string =>
  (Array.isArray(value) ? value[0] : value) ?? '';
