import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { JsonValue } from '../../audit/rules/canonical.js';
import type { DataKey } from '../../platform/crypto/data-key.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { genders } from '../../programs/rules/genders.js';
import { readLanguageTag } from '../../programs/rules/language.js';
import { type Credential, isDay } from '../rules/credentials.js';
import type { StaffRow } from '../staff.row.js';
import { StaffStore } from '../staff.store.js';
import { genderPlace } from './members.service.js';
import { ProfilesStore } from './profiles.store.js';

const languagesMax = 20;
const credentialsMax = 20;
const statesMax = 60;

const language = z.string().transform((tag, context) => {
  const read = readLanguageTag(tag);
  if (read !== null) return read;
  context.addIssue('must be a language tag such as en');
  return z.NEVER;
});

const credential = z.strictObject({
  /** Such as LCSW. */
  kind: z.string().trim().min(1).max(40),
  /** Valid through the end of this day in the program's zone. */
  expires: z.string().refine(isDay, 'is not a date as YYYY-MM-DD'),
  states: z
    .array(z.string().regex(/^([A-Z]{2}-)?[A-Z0-9]{1,3}$/, 'must be a code such as NY or CA-ON'))
    .max(statesMax, `has more than ${statesMax} states`)
    .default([]),
});

/** What decides who answers; what a file leaves out stays as it is. */
export const profileFile = {
  languages: z.array(language).max(languagesMax).optional(),
  /** Null: not on file any more. */
  gender: z.enum(genders).nullable().optional(),
  credentials: z
    .array(credential)
    .max(credentialsMax, `has more than ${credentialsMax} credentials`)
    .optional(),
};
export type ProfileFile = z.infer<z.ZodObject<typeof profileFile>>;

/** What an apply changed, in words and for the record; gender is personal and in words only. */
export interface ProfileChange {
  changed: string[];
  before: Record<string, JsonValue>;
  after: Record<string, JsonValue>;
}

/** Brings what decides who answers to what a file says of one person. Idempotent. */
@Injectable()
export class ProfilesApply {
  constructor(
    private readonly staff: StaffStore,
    private readonly store: ProfilesStore,
  ) {}

  async apply(tx: Tx, row: StaffRow, key: DataKey, file: ProfileFile): Promise<ProfileChange> {
    const result: ProfileChange = { changed: [], before: {}, after: {} };
    const note = (what: 'languages' | 'credentials', before: JsonValue, after: JsonValue): void => {
      result.changed.push(what);
      result.before[what] = before;
      result.after[what] = after;
    };
    const { languages, credentials } = file;
    if (languages !== undefined && !isDeepStrictEqual(row.languages, languages)) {
      await this.staff.update(tx.db, row.id, { languages });
      note('languages', row.languages, languages);
    }
    if (credentials !== undefined) {
      const before = await this.store.credentialsOf(tx.db, row.id);
      const after = inOrder(credentials);
      if (!isDeepStrictEqual(inOrder(before), after)) {
        await this.store.replaceCredentials(tx.db, row.id, after);
        note('credentials', asPlain(before), asPlain(after));
      }
    }
    if (await this.applyGender(tx, row, key, file.gender)) result.changed.push('gender');
    return result;
  }

  private async applyGender(
    tx: Tx,
    { id, gender: sealed }: StaffRow,
    key: DataKey,
    gender: ProfileFile['gender'],
  ): Promise<boolean> {
    const known = sealed && key.open(genderPlace(id), sealed);
    if (gender === undefined || gender === known) return false;
    const cell = gender === null ? null : key.seal(genderPlace(id), gender);
    await this.staff.update(tx.db, id, { gender: cell });
    return true;
  }
}

/** However a file lists them. */
function inOrder(credentials: readonly Credential[]): Credential[] {
  return credentials
    .map(({ kind, expires, states }) => ({ kind, expires, states: states.toSorted() }))
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

const asPlain = (credentials: readonly Credential[]): JsonValue =>
  credentials.map((one) => ({ ...one }));
