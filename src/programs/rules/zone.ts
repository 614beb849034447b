/** True for a time zone that this runtime's copy of the IANA database knows. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    // Safe: a name that cannot be used is not a zone; the caller says so.
    return false;
  }
}
