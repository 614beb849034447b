const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** Codes that have a name and yet are no country. */
const notCountries = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);

/**
 * The ISO 3166-1 alpha-2 code in capitals, or null when this names no country.
 * Old and exceptional codes are understood ("uk" is GB); anything else is unknown, never an error.
 */
export function readCountry(stated: string | null | undefined): string | null {
  const code = stated?.trim().toUpperCase() ?? '';
  if (!/^[A-Z]{2}$/.test(code)) return null;
  const region = new Intl.Locale(`und-${code}`).toString().slice(-2);
  return notCountries.has(region) || names.of(region) === undefined ? null : region;
}

/** The language of a BCP 47 tag in lower case ("es-MX" is "es"), or null when it is none. */
export function readLanguage(stated: string | null | undefined): string | null {
  const tag = /^\s*([a-z]{2,3})(?:[-_][a-z0-9-]+)?\s*$/i.exec(stated ?? '');
  return tag?.[1]?.toLowerCase() ?? null;
}
