import { snake } from './snake-case.js';

type Value = string | number | boolean | Date | Buffer | readonly string[] | null;

/** SQL with values that nothing can be wrong with any more on our side: the server judges them. */
export interface Statement {
  text: string;
  values: Value[];
}

/** Objects become JSON, and arrays of text arrays; throws where an object has no such form. */
export function statement(text: string, values: readonly unknown[]): Statement {
  return { text, values: values.map(valueOf) };
}

function valueOf(value: unknown): Value {
  if (value === undefined || value === null) return null;
  const isPlain = typeof value !== 'object' || value instanceof Date || Buffer.isBuffer(value);
  return isPlain || Array.isArray(value) ? (value as Value) : JSON.stringify(value);
}

const texts = new Map<string, string>();

/** The row, each property in the column of its name. */
export function insertion(table: string, row: object): Statement {
  const properties = Object.keys(row);
  return statement(
    remembered(`insert ${table} ${properties.join(' ')}`, () => {
      const columns = properties.map(snake).join(', ');
      const places = properties.map((_, at) => `$${at + 1}`).join(', ');
      return `insert into ${table} (${columns}) values (${places})`;
    }),
    Object.values(row),
  );
}

/** Those columns of the row with this id. */
export function change(table: string, id: string, fields: object): Statement {
  const properties = Object.keys(fields);
  return statement(
    remembered(`update ${table} ${properties.join(' ')}`, () => {
      const set = properties.map((name, at) => `${snake(name)} = $${at + 2}`);
      return `update ${table} set ${set.join(', ')} where id = $1`;
    }),
    [id, ...(Object.values(fields) as unknown[])],
  );
}

function remembered(key: string, make: () => string): string {
  const text = texts.get(key) ?? make();
  texts.set(key, text);
  return text;
}
