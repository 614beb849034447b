const form = /^[a-z]{2,3}(-[a-z0-9]{2,4}){0,2}$/i;

/** A language tag (BCP 47) in its usual spelling, `es_mx` as `es-MX`; null when it is none. */
export function readLanguageTag(stated: string): string | null {
  const tag = stated.trim().replaceAll('_', '-');
  if (!form.test(tag)) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    // Safe: it looks like a tag and is none; the caller does without a language.
    return null;
  }
}
