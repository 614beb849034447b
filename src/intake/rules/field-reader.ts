import { readYesNo } from '../../cases/rules/lenient.js';

/** Takes what can be used from an object and notes the rest, in the same list for all levels. */
export class FieldReader {
  constructor(
    private readonly source: Record<string, unknown>,
    private readonly warnings: string[],
    private readonly path = '',
  ) {}

  names(): string[] {
    return Object.keys(this.source);
  }

  /** Notes fields that are not among `names`. */
  closed(names: readonly string[]): this {
    for (const name of this.names()) {
      if (!names.includes(name)) this.warn('unknown_field', cleanText(name).slice(0, 40));
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
    return cleaned.trim().slice(0, lengthMax) || undefined;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.source[name];
    if (value === undefined || value === null) return undefined;
    return allowed.find((one) => one === value) ?? this.notUnderstood(name);
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
    const number = Number(value);
    const fits = Number.isInteger(number) && number >= min && number <= max;
    return fits ? number : this.notUnderstood(name);
  }

  /** RFC 3339; what cannot be stored as a moment is not understood. */
  moment(name: string): Date | undefined {
    const value = this.source[name];
    if (value === undefined || value === null) return undefined;
    const dated = typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);
    const moment = new Date(dated ? value : Number.NaN);
    return Number.isNaN(moment.getTime()) ? this.notUnderstood(name) : moment;
  }

  object(name: string): FieldReader | null {
    const value = this.raw(name);
    return value === undefined ? null : new FieldReader(value, this.warnings, `${name}.`);
  }

  raw(name: string): Record<string, unknown> | undefined {
    const value = this.source[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'object' || Array.isArray(value)) return this.notUnderstood(name);
    return value as Record<string, unknown>;
  }

  private notUnderstood(name: string): undefined {
    this.warn('not_understood', name);
    return undefined;
  }

  private warn(what: string, name: string): void {
    this.warnings.push(`${what}:${this.path}${name}`);
  }
}

/** Without NUL, which no text column can hold, and without lone surrogates. */
export function cleanText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
