/** True for a time zone that this runtime's copy of the IANA database knows. */
export function isZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return !/^[+-]/.test(timeZone);
  } catch {
    // Safe: a name that cannot be used is not a zone; the caller says so.
    return false;
  }
}
