import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { daysLeft } from '../rules/credentials.js';
import { ProfilesStore } from './profiles.store.js';

export interface EndingCredential {
  staffKey: string;
  kind: string;
  /** `YYYY-MM-DD` */
  expires: string;
  /** 0 on its last day, negative when it has expired. */
  daysLeft: number;
  /** None of this person's is valid any more, so that they are paged no more. */
  noneValid: boolean;
}

/** What is on file of staff beside how they are reached. */
@Injectable()
export class Profiles {
  constructor(private readonly store: ProfilesStore) {}

  /** Credentials of the program's staff that have expired or end within so many days. */
  async ending(
    tx: Tx,
    { id, zone }: { id: string; zone: string },
    daysMax: number,
  ): Promise<EndingCredential[]> {
    const all = await this.store.credentialsIn(tx.db, id);
    const dated = all.map((one) => ({ ...one, daysLeft: daysLeft(one, zone, tx.now) }));
    const valid = new Set(dated.flatMap((one) => (one.daysLeft >= 0 ? [one.staffKey] : [])));
    return dated
      .filter((one) => one.daysLeft <= daysMax)
      .map((one) => ({ ...one, noneValid: !valid.has(one.staffKey) }));
  }
}
