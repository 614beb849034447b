import { Injectable } from '@nestjs/common';
import { Vault } from '../../platform/crypto/vault.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import type { Gender } from '../../programs/rules/genders.js';
import { ParticipantsStore } from '../participants.store.js';
import type { StatedPlace } from '../rules/place.js';

const placeHoldsMs = 24 * 60 * 60 * 1_000;

/** What decides who suits somebody; each part null where it is not known. */
export interface KnownCircumstances {
  prefersGender: Gender | null;
  /** BCP 47: as last said with a flag of the case, or else as on file. */
  language: string | null;
  /** As last said, within a day. */
  place: StatedPlace | null;
}

/** Where somebody is, what they speak and whom they would rather talk to. */
@Injectable()
export class Circumstances {
  constructor(
    private readonly store: ParticipantsStore,
    private readonly vault: Vault,
  ) {}

  async of(
    tx: Tx,
    { participantId, caseId }: { participantId: string | null; caseId: string },
  ): Promise<KnownCircumstances> {
    const [onFile, said, place] = await Promise.all([
      participantId === null ? null : this.onFile(tx, participantId),
      this.store.newestLanguage(tx.db, caseId),
      this.newestPlace(tx, { participantId, caseIds: [caseId] }),
    ]);
    return {
      prefersGender: onFile?.prefersGender ?? null,
      language: said ?? onFile?.language ?? null,
      place,
    };
  }

  /**
   * Where somebody last said they are, within a day: with a flag of theirs, in one of these cases,
   * or afterwards.
   */
  async newestPlace(
    tx: Tx,
    of: { participantId: string | null; caseIds: string[] },
  ): Promise<StatedPlace | null> {
    if (of.participantId === null && of.caseIds.length === 0) return null;
    const since = new Date(tx.now.getTime() - placeHoldsMs);
    return this.store.newestPlace(tx.db, of, since);
  }

  private async onFile(
    tx: Tx,
    id: string,
  ): Promise<Pick<KnownCircumstances, 'prefersGender' | 'language'> | null> {
    const row = await this.store.byId(id, tx.db);
    if (row === null) return null;
    const { prefersGender: sealed, language } = row;
    const key = sealed && (await this.vault.open(tx.db, id));
    const place = { table: 'participants', row: id, column: 'prefers_gender' };
    return { prefersGender: (key ? key.open(place, sealed) : null) as Gender | null, language };
  }
}
