import { decrypt, encrypt } from './cipher.js';

/** The one cell a sealed text belongs to; moved anywhere else, it does not open. */
export interface Place {
  table: string;
  /** The row's id. */
  row: string;
  column: string;
}

/** Seals and opens what is kept about one subject. */
export class DataKey {
  constructor(private readonly key: Buffer) {}

  seal(place: Place, plaintext: string): Buffer {
    return encrypt(this.key, Buffer.from(plaintext, 'utf8'), bindings(place));
  }

  /** Throws a plain Error when the text was sealed for another place or subject, or was altered. */
  open(place: Place, sealed: Buffer): string {
    return decrypt(this.key, sealed, bindings(place)).toString('utf8');
  }
}

const bindings = (place: Place): string[] => ['column', place.table, place.row, place.column];
