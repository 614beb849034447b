import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';

/** Told in the transaction in which who may answer or can be reached may have changed. */
export interface StaffListener {
  /** Those in which the people work or worked. */
  staffChanged(tx: Tx, programIds: readonly string[]): Promise<void>;
}

/** Other rooms register what they have to look at again. */
@Injectable()
export class StaffChanges {
  private readonly listeners: StaffListener[] = [];

  register(listener: StaffListener): void {
    this.listeners.push(listener);
  }

  async tell(tx: Tx, programIds: readonly string[]): Promise<void> {
    for (const listener of this.listeners) await listener.staffChanged(tx, programIds);
  }
}
