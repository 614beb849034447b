import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/unit-of-work.js';
import { ParticipantsStore } from './participants.store.js';

/** Ways to reach a participant, as whoever uses them finds them. */
@Injectable()
export class ContactPoints {
  constructor(private readonly store: ParticipantsStore) {}

  /** Marked, never removed; false when the case has no such number. */
  markWrong(
    tx: Tx,
    id: string,
    of: { caseId: string; participantId: string | null },
  ): Promise<boolean> {
    return this.store.markWrong(tx, id, of);
  }
}
