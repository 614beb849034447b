/** What is known or said of somebody's age; each part may be missing. */
export interface StatedAge {
  minor?: boolean | null | undefined;
  birthYear?: number | null | undefined;
}

const adultYears = 18;

/**
 * True when any of these says so, by a mark or by a year of birth, or leaves it open because the
 * birthday of this year may be still to come.
 */
export function mayBeMinor(now: Date, ...said: readonly StatedAge[]): boolean {
  return said.some(({ minor, birthYear }) => {
    const years = yearsSince(now, birthYear);
    return minor === true || (years !== null && years <= adultYears);
  });
}

/** By the mark, or by a year of birth that leaves no doubt; null when neither says anything. */
export function isMinor(now: Date, { minor, birthYear }: StatedAge): boolean | null {
  const years = yearsSince(now, birthYear);
  if (minor === true || (years !== null && years < adultYears)) return true;
  return minor ?? (years !== null && years > adultYears ? false : null);
}

/** A year that is still to come says nothing. */
function yearsSince(now: Date, birthYear: number | null | undefined): number | null {
  const years = birthYear ? now.getUTCFullYear() - birthYear : -1;
  return years < 0 ? null : years;
}
