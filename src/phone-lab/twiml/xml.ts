/** One element of a document: its attributes, and children in order, text unescaped. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

const comment = /<!--[\s\S]*?-->/;
const instruction = /<\?[\s\S]*?\?>/;
const closingTag = /<\/([A-Za-z][\w.-]*)\s*>/;
const openingTag = /<([A-Za-z][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/;
const characters = /([^<]+)/;
/** Its groups: the closing name; the opening name, its attributes, a slash; text. */
const token = new RegExp(
  [comment, instruction, closingTag, openingTag, characters].map(({ source }) => source).join('|'),
  'gy',
);
const entity = /&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));|&/g;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const depthMax = 16;

/** Reads a small document as strictly as the provider. Throws an Error that says what is wrong. */
export function parseXml(source: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] };
  const open = [root];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const match = token.exec(source);
    if (match === null) throw new Error(`not well-formed XML at character ${at}`);
    place(match, open);
  }
  const [document, ...rest] = root.children.filter((child) => typeof child !== 'string');
  if (open.length > 1) throw new Error(`<${open.at(-1)?.name}> is never closed`);
  if (document === undefined || rest.length > 0) throw new Error('not exactly one root element');
  return document;
}

function place(match: RegExpExecArray, open: XmlElement[]): void {
  const [, closing, opening, attributes = '', selfClosing, text] = match;
  const parent = open.at(-1);
  if (parent === undefined) throw new Error('too many closing tags');
  if (closing !== undefined) {
    if (parent.name !== closing) throw new Error(`</${closing}> closes <${parent.name}>`);
    open.pop();
  } else if (opening !== undefined) {
    const element = { name: opening, attributes: attributesOf(attributes), children: [] };
    parent.children.push(element);
    if (selfClosing === '/') return;
    if (open.push(element) > depthMax) throw new Error('nested too deeply');
  } else if (text !== undefined) {
    if (open.length === 1 && text.trim() !== '') throw new Error('text outside the document');
    parent.children.push(unescape(text));
  }
}

function attributesOf(source: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = '', double, single] of source.matchAll(attribute)) {
    if (name in found) throw new Error(`attribute ${name} twice`);
    found[name] = unescape(double ?? single ?? '');
  }
  return found;
}

function unescape(text: string): string {
  return text.replaceAll(entity, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    const character = entities[name ?? ''];
    if (character === undefined) throw new Error(`unknown entity ${whole}`);
    return character;
  });
}

/** All text inside an element, as it would be spoken or sent. */
export function textOf(element: XmlElement): string {
  return element.children
    .map((child) => (typeof child === 'string' ? child : textOf(child)))
    .join('')
    .trim();
}

/** The child elements; text between them means nothing. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}
