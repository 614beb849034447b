import { Injectable } from '@nestjs/common';
import { Circumstances } from '../../participants/circumstances/circumstances.service.js';
import { mayBeMinor } from '../../participants/rules/minor.js';
import type { StatedPlace } from '../../participants/rules/place.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import type { FlagFields } from '../reading/read-flag.js';
import type { Sender } from './senders.service.js';

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
  constructor(private readonly circumstances: Circumstances) {}

  /** Nothing for a third party, whose answer must not depend on whether somebody is enrolled. */
  async of(
    tx: Tx,
    { participant, known }: Pick<Sender, 'participant' | 'known'>,
    fields: FlagFields,
  ): Promise<KnownOfPerson> {
    if (fields.source === 'third_party') return nothingKnown(tx.now, fields);
    const caseIds = known ? [known.case.id, known.flag.caseId ?? known.case.id] : [];
    const participantId = participant?.id ?? null;
    return {
      language: participant?.language ?? null,
      mayBeMinor: mayBeMinor(tx.now, participant ?? {}, fields.participant ?? {}),
      // Not asked for when it is said now, or when there is nobody it could be known of.
      place:
        fields.location?.country || (!known && participant?.isNew !== false)
          ? null
          : await this.circumstances.newestPlace(tx, { participantId, caseIds }),
    };
  }
}

const nothingKnown = (now: Date, { participant }: FlagFields): KnownOfPerson => ({
  language: null,
  mayBeMinor: mayBeMinor(now, participant ?? {}),
  place: null,
});
