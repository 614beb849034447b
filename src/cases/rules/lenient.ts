const yes = new Set(['true', 'yes', 'y', '1', 'si', 'sí']);
const no = new Set(['false', 'no', 'n', '0', 'none', 'never']);

/** A yes or no in any of the forms that apps send; null: neither can be read. */
export function readYesNo(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const word = String(value).trim().toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : null;
}

const wordHours: readonly (readonly [RegExp, number])[] = [
  [/\bnow\b|immediat|\bahora\b|inmediat/, 0],
  [/today|tonight|hoy|noche/, 24],
  [/tomorrow|mañana/, 48],
];

const unitHours: readonly (readonly [RegExp, number])[] = [
  [/month|\bmes|year|\baño/, 720],
  [/week|seman|\d ?w/, 168],
  [/day|d[ií]a|\dd|\d d/, 24],
  [/min/, 1 / 60],
];

/**
 * Within how many hours, from `24`, `hours_48`, `24h`, `24-48 hours` (the nearer), `2 days`,
 * `PT24H`, `now`, `today`; null: it cannot be read.
 */
export function readHours(value: unknown): number | null {
  if (typeof value === 'number') return value >= 0 ? value : null;
  if (typeof value !== 'string') return null;
  const text = value.toLowerCase().replace(/[_-]+/g, ' ');
  const word = wordHours.find(([pattern]) => pattern.test(text));
  if (word !== undefined) return word[1];
  const digits = /\d+/.exec(text);
  if (digits === null) return null;
  const unit = unitHours.find(([pattern]) => pattern.test(text));
  return Number(digits[0]) * (unit === undefined ? 1 : unit[1]);
}
