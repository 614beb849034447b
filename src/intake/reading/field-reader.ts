import { readYesNo } from '../../cases/rules/lenient.js';
import { readLanguageTag } from '../../programs/rules/language.js';
import { shortenText } from '../../platform/shorten-text.js';
import { cleanText } from '../rules/decode-text.js';

/** A name that a program gave a field, and no words of a person. */
const fieldName = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
const word = /^[a-z][a-z0-9_]{0,39}$/;
const moment = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d))?$/;
const unknownFieldsMax = 20;

/** Takes what can be used from an object and notes the rest, in the same list for all levels. */
export class FieldReader {
  constructor(
    private readonly source: Record<string, unknown>,
    private readonly warnings: string[],
    private readonly path = '',
  ) {}

  /** Notes fields that are not among `names`; what is no field name is not repeated. */
  closed(names: readonly string[]): this {
    const unknown = Object.keys(this.source).filter((name) => !names.includes(name));
    for (const name of unknown.slice(0, unknownFieldsMax)) {
      this.warn('unknown_field', fieldName.test(name) ? name : '');
    }
    return this;
  }

  /** Numbers count as text; anything else, and what is left empty, does not. */
  text(name: string, lengthMax: number): string | undefined {
    const value = this.source[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string' && typeof value !== 'number') return this.notUnderstood(name);
    const cleaned = cleanText(String(value));
    if (cleaned !== String(value)) this.warn('characters_replaced', name);
    if (cleaned.length > lengthMax) this.warn('shortened', name);
    return shortenText(cleaned.trim(), lengthMax) || undefined;
  }

  /** A short word of an integration, such as `help_page`; in lower case. */
  word(name: string): string | undefined {
    return this.fitting(name, (text) => text.toLowerCase(), word);
  }

  /** Letters or digits of a code, such as `US`; in capitals. */
  code(name: string, form: RegExp): string | undefined {
    return this.fitting(name, (text) => text.toUpperCase(), form);
  }

  language(name: string): string | undefined {
    const text = this.text(name, 40);
    return text === undefined ? undefined : (readLanguageTag(text) ?? this.notUnderstood(name));
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.source[name];
    if (value === undefined || value === null) return undefined;
    const said = typeof value === 'string' ? value.trim().toLowerCase() : value;
    return allowed.find((one) => one.toLowerCase() === said) ?? this.notUnderstood(name);
  }

  yesNo(name: string): boolean | null {
    const value = this.source[name];
    if (value === undefined || value === null) return null;
    const read = readYesNo(value);
    if (read === null) this.notUnderstood(name);
    return read;
  }

  integer(name: string, min: number, max: number): number | undefined {
    const value = this.source[name];
    if (value === undefined || value === null) return undefined;
    const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
    const fits = Number.isInteger(number) && number >= min && number <= max;
    return fits ? number : this.notUnderstood(name);
  }

  /** RFC 3339 with an offset, or a date alone; what cannot be stored is not understood. */
  moment(name: string): Date | undefined {
    const value = this.source[name];
    if (value === undefined || value === null) return undefined;
    const read = new Date(typeof value === 'string' && moment.test(value) ? value : Number.NaN);
    return Number.isNaN(read.getTime()) ? this.notUnderstood(name) : read;
  }

  object(name: string): FieldReader | null {
    const value = this.anything(name);
    if (value === undefined) return null;
    if (typeof value !== 'object' || Array.isArray(value)) return this.notUnderstood(name) ?? null;
    return new FieldReader(value as Record<string, unknown>, this.warnings, `${name}.`);
  }

  has(name: string): boolean {
    return this.anything(name) !== undefined;
  }

  /** As it came, of whatever kind; null is as good as not said. */
  anything(name: string): unknown {
    return this.source[name] ?? undefined;
  }

  notUnderstood(name: string): undefined {
    this.warn('not_understood', name);
    return undefined;
  }

  private fitting(name: string, spell: (text: string) => string, form: RegExp): string | undefined {
    const text = this.text(name, 200);
    if (text === undefined) return undefined;
    return form.test(spell(text)) ? spell(text) : this.notUnderstood(name);
  }

  private warn(what: string, name: string): void {
    this.warnings.push(name === '' ? what : `${what}:${this.path}${name}`);
  }
}
