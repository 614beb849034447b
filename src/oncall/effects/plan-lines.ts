import type { Difference } from '../rules/differences.js';
import type { Warning } from './warnings.js';

const linesMax = 10;

/** What a file changes for whom, the next of it first; people by their keys. */
export function planLines(
  { differences, warnings }: { differences: readonly Difference[]; warnings: readonly Warning[] },
  zone: string,
  keys: ReadonlyMap<string, string>,
): string[] {
  const at = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  const names = (ids: string[]) => ids.map((id) => keys.get(id) ?? id).join(', ') || 'nobody';
  const lines = differences.slice(0, linesMax).map(({ from, to, before, after }) => {
    const when = `${at.format(from)} to ${at.format(to)}`;
    return `  ${when}: ${names(after)} instead of ${names(before)}`;
  });
  const more = differences.length - lines.length;
  if (more > 0) lines.push(`  and ${more} more in the next 30 days`);
  return [...lines, ...warnings.map(({ detail }) => `  beware: ${detail}`)];
}
