import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/unit-of-work.js';

/** Told in the transaction in which who is on call may have changed for a program. */
export interface OnCallListener {
  onCallChanged(tx: Tx, programId: string): Promise<void>;
}

/** Other rooms register what they have to look at again. */
@Injectable()
export class OnCallChanges {
  private readonly listeners: OnCallListener[] = [];

  register(listener: OnCallListener): void {
    this.listeners.push(listener);
  }

  async tell(tx: Tx, programId: string): Promise<void> {
    for (const listener of this.listeners) await listener.onCallChanged(tx, programId);
  }
}
