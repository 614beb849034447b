/** Where somebody said they are. */
export interface StatedPlace {
  country: string;
  region: string | null;
}

/**
 * Where a license must be valid for them: as they said, or else where the program is. In every
 * spelling of that region, such as `NY` and `US-NY`; empty when it is not known.
 */
export function regionCodes(
  stated: StatedPlace | null,
  program: { country: string; region: string | null },
): string[] {
  const { country, region } = stated ?? program;
  if (region === null) return [];
  const whole = `${country}-${region}`;
  return country === program.country ? [region, whole] : [whole];
}
