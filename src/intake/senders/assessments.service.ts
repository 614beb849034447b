import { Injectable } from '@nestjs/common';
import { type Assessment, assessAcuity } from '../../cases/rules/acuity.js';
import type { Policy } from '../../cases/rules/policy.js';
import { mayBeMinor } from '../../participants/rules/minor.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { FlagsStore } from '../flags.store.js';
import type { ReadFlag } from '../reading/read-flag.js';
import type { Sender } from './senders.service.js';

const repeatWindowMs = 24 * 60 * 60 * 1_000;

/** How urgent a flag is, by what it says and by what is known of its sender. */
@Injectable()
export class Assessments {
  constructor(private readonly store: FlagsStore) {}

  async of(
    tx: Tx,
    { fields, isIncomplete }: ReadFlag,
    sender: Sender,
    policy: Policy,
  ): Promise<Assessment> {
    const signals = {
      ...fields,
      stated: fields.acuity,
      isIncomplete,
      minor: mayBeMinor(tx.now, sender.participant ?? {}, fields.participant ?? {}),
      repeatWithin24h: await this.isRepeat(tx, sender),
    };
    return assessAcuity(signals, policy);
  }

  private async isRepeat(tx: Tx, { participant, known }: Sender): Promise<boolean> {
    const since = new Date(tx.now.getTime() - repeatWindowMs);
    if (known && known.flag.receivedAt >= since) return true;
    if (participant?.isNew && !known) return false;
    const caseId = known?.case.id ?? null;
    return this.store.raisedSince(tx.db, { participantId: participant?.id ?? null, caseId }, since);
  }
}
