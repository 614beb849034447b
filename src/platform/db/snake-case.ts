import { DefaultNamingStrategy } from 'typeorm';

/** `dueAt` in a row is `due_at` in its table. */
export class SnakeCase extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined, prefixes: string[]): string {
    return custom ?? [...prefixes, property].map(snake).join('_');
  }
}

/** `dueAt` as `due_at`. */
export const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
