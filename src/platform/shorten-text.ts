/** At most so long, and without half of a character at the end of what was well-formed. */
export function shortenText(text: string, lengthMax: number): string {
  const cut = text.slice(0, lengthMax);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
