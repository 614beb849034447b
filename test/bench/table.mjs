import { round } from './statistics.mjs';

/** `met`, `missed`, or nothing where nothing is aimed at. */
export function verdict({ value, aim }) {
  if (!aim) return '';
  const met = (aim.min === undefined || value >= aim.min) && !(value > (aim.max ?? Infinity));
  return met ? 'met' : 'missed';
}

const heads = ['figure', 'queue', 'measured', 'limit or baseline', ''];

/** One line a figure, each beside what it is measured against. */
export function tableOf(figures) {
  const lines = figures.map((one) => [
    one.figure,
    one.backend,
    amount(one.value, one.unit),
    against(one),
    verdict(one),
  ]);
  const all = [heads, ...lines];
  const widths = heads.map((_, at) => Math.max(...all.map((line) => line[at].length)));
  const format = (line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at]))
      .join('  ')
      .trimEnd();
  const rule = widths
    .map((width) => '-'.repeat(width))
    .join('  ')
    .trimEnd();
  return [format(heads), rule, ...lines.map(format)].join('\n');
}

function against({ baseline, aim, unit, value }) {
  const said = [];
  if (aim?.says) said.push(aim.says);
  else if (aim?.min !== undefined) said.push(`at least ${amount(aim.min, unit)}`);
  else if (aim?.max !== undefined) said.push(`at most ${amount(aim.max, unit)}`);
  if (baseline) {
    const share = unit === '/s' ? ` (${Math.round((value / baseline.value) * 100)} %)` : '';
    said.push(`${baseline.name}: ${amount(baseline.value, unit)}${share}`);
  }
  return said.join('; ');
}

const amount = (value, unit) => `${round(value)}${unit === 'ms' ? ' ms' : unit}`;
