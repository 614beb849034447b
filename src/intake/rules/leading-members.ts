const nestedMax = 3;
const blank = /[\s]/;

/**
 * What stands complete in front of where an object was cut or broken: its leading members, and of
 * the one that was cut, if that is an object, its own leading members. Never a value of which the
 * end is not there, and never throws.
 */
export function leadingMembers(text: string): Record<string, unknown> {
  return membersFrom(text, 0, nestedMax);
}

function membersFrom(text: string, from: number, nested: number): Record<string, unknown> {
  const members: [string, unknown][] = [];
  let at = skipBlanks(text, from);
  if (text[at] !== '{') return {};
  do {
    const nameAt = skipBlanks(text, at + 1);
    const nameEnd = text[nameAt] === '"' ? endOfString(text, nameAt) : null;
    const name = nameEnd === null ? undefined : parsed(text.slice(nameAt, nameEnd));
    const colon = skipBlanks(text, nameEnd ?? nameAt);
    if (typeof name !== 'string' || text[colon] !== ':') break;
    const valueAt = skipBlanks(text, colon + 1);
    const end = endOfValue(text, valueAt);
    const value = end === null ? undefined : parsed(text.slice(valueAt, end));
    if (end === null || value === undefined) {
      const cut = nested > 0 ? membersFrom(text, valueAt, nested - 1) : {};
      if (Object.keys(cut).length > 0) members.push([name, cut]);
      break;
    }
    members.push([name, value]);
    at = skipBlanks(text, end);
  } while (text[at] === ',');
  return Object.fromEntries(members);
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && blank.test(text.charAt(at))) at += 1;
  return at;
}

/** Behind the closing quote; null when there is none. */
function endOfString(text: string, from: number): number | null {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return null;
}

/** Behind the value that begins here; null when it has no end, or might go on. */
function endOfValue(text: string, from: number): number | null {
  if (text[from] === '"') return endOfString(text, from);
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '"') {
      const end = endOfString(text, at);
      if (end === null) return null;
      at = end - 1;
    } else if (sign === '{' || sign === '[') depth += 1;
    else if (depth === 0 && (sign === ',' || sign === '}')) return at;
    else if (sign === '}' || sign === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    // Safe: what cannot be read here counts as not said, and the raw text is kept.
    return undefined;
  }
}
