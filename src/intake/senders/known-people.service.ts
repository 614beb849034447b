import { Injectable } from '@nestjs/common';
import { mayBeMinor } from '../../participants/rules/minor.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { FlagsStore, type StatedPlace } from '../flags.store.js';
import type { FlagFields } from '../reading/read-flag.js';
import type { Sender } from './senders.service.js';

const placeHoldsMs = 24 * 60 * 60 * 1_000;

/** What decides which resources fit somebody, beside what their flag says. */
export interface KnownOfPerson {
  language: string | null;
  mayBeMinor: boolean;
  /** Where they last said they are, within a day. */
  place: StatedPlace | null;
}

/** What is known of whoever sent a flag, for the answer to it. */
@Injectable()
export class KnownPeople {
  constructor(private readonly store: FlagsStore) {}

  /** Nothing for a third party, whose answer must not depend on whether somebody is enrolled. */
  async of(
    tx: Tx,
    { participant, known }: Pick<Sender, 'participant' | 'known'>,
    fields: FlagFields,
  ): Promise<KnownOfPerson> {
    if (fields.source === 'third_party') return nothingKnown(tx.now, fields);
    const since = new Date(tx.now.getTime() - placeHoldsMs);
    const caseIds = known ? [known.case.id, known.flag.caseId ?? known.case.id] : [];
    const participantId = participant?.id ?? null;
    return {
      language: participant?.language ?? null,
      mayBeMinor: mayBeMinor(tx.now, participant ?? {}, fields.participant ?? {}),
      // Not asked for when it is said now, or when there is nobody it could be known of.
      place:
        fields.location?.country || (!known && participant?.isNew !== false)
          ? null
          : await this.store.newestPlace(tx.db, { participantId, caseIds }, since),
    };
  }
}

const nothingKnown = (now: Date, { participant }: FlagFields): KnownOfPerson => ({
  language: null,
  mayBeMinor: mayBeMinor(now, participant ?? {}),
  place: null,
});
