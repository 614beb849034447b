import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import { Cases } from '../../cases/cases.service.js';
import { type StatedCallback, Participants } from '../../participants/participants.service.js';
import { hashToken } from '../../platform/crypto/tokens.js';
import { Vault } from '../../platform/crypto/vault.js';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import type { FlagRow } from '../flag.row.js';
import { FlagsStore, type StatusRow } from '../flags.store.js';
import { describeStatus, minutesBetween, type RequestStatus } from '../rules/request-status.js';
import { SenderLimits } from '../sender-limits.js';

export interface FoundStatus extends Pick<
  StatusRow,
  | 'flagId'
  | 'programId'
  | 'receivedAt'
  | 'language'
  | 'country'
  | 'region'
  | 'askedAgainAt'
  | 'toldAgain'
  | 'withdrewAt'
  | 'hasPhone'
  | 'now'
> {
  status: RequestStatus;
  minutes: number;
}

/** What somebody may add to their request afterwards; everything is optional. */
export interface AddedDetails {
  callback: StatedCallback | null;
  location: { country: string | null; region: string | null; address: string | null } | null;
}

/** What the holder of a status token may see, and add. */
@Injectable()
export class FlagStatus {
  constructor(
    private readonly flags: FlagsStore,
    private readonly cases: Cases,
    private readonly participants: Participants,
    private readonly vault: Vault,
    private readonly limits: SenderLimits,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** Null: no such token. */
  async find(statusToken: string): Promise<FoundStatus | null> {
    const row = await this.flags.statusBy(hashToken(statusToken));
    if (row === null) return null;
    const status = describeStatus(row.now, row);
    return { ...row, status, minutes: minutesBetween(row.receivedAt, row.now) };
  }

  /** Kept beside the flag for whoever has the case; false: too much at once, nothing was kept. */
  async addDetails(statusToken: string, details: AddedDetails): Promise<boolean> {
    return this.write(statusToken, async (tx, flag) => {
      const key = await this.vault.open(tx.db, flag.subjectId);
      if (key === null) return;
      const subject = { flagId: flag.id, key, participantId: flag.participantId };
      const { callback, location } = details;
      if (callback) this.participants.addCallback(tx, subject, callback);
      if (location) {
        const address = location.address ?? undefined;
        const statement = { ...location, address, statedAt: tx.now };
        this.participants.addLocation(tx, subject, statement);
      }
      this.audit.record(tx, {
        stream: `flag:${flag.id}`,
        action: 'flag.details_added',
        actor: { type: 'participant' },
        subjectRef: flag.id,
        body: { callback: callback !== null, location: location !== null },
      });
    });
  }

  /** "I am OK now": recorded on the case, which goes on all the same. */
  async withdraw(statusToken: string): Promise<boolean> {
    return this.write(statusToken, async (tx, flag) => {
      if (flag.caseId === null) return;
      const current = await this.cases.locked(tx, flag.caseId);
      const mover = { actor: { type: 'participant' } as const, body: { flagId: flag.id } };
      await this.cases.move(tx, current, { type: 'withdrew' }, mover);
    });
  }

  private async write(
    statusToken: string,
    work: (tx: Tx, flag: FlagRow) => Promise<void>,
  ): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const flag = await this.flags.byStatusToken(hashToken(statusToken), tx.db);
      if (flag === null) throw new Error('A flag vanished between two looks at it.');
      if (!this.limits.takesFlagOf(`details:${flag.id}`)) return false;
      await work(tx, flag);
      return true;
    });
  }
}
