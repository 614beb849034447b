import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/unit-of-work.js';

/** Told in the transaction in which who is on call may have changed for a program. */
export interface OnCallListener {
  /** `scheduleId` is that of the schedule that was changed, which is held; none otherwise. */
  onCallChanged(tx: Tx, programId: string, scheduleId?: string): Promise<void>;
}

/** Other rooms register what they have to look at again. */
@Injectable()
export class OnCallChanges {
  private readonly listeners: OnCallListener[] = [];

  register(listener: OnCallListener): void {
    this.listeners.push(listener);
  }

  async tell(tx: Tx, programId: string, scheduleId?: string): Promise<void> {
    for (const one of this.listeners) await one.onCallChanged(tx, programId, scheduleId);
  }
}
