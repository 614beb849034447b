import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';

/** Somebody's unbroken time on call on a schedule is over. */
export interface ShiftEnd {
  programId: string;
  scheduleId: string;
  scheduleName: string;
  /** IANA zone of the schedule. */
  zone: string;
  from: Date;
  to: Date;
  outgoing: string;
  /** Who is on call on the schedule now, in its order; without the outgoing person. */
  incoming: readonly string[];
  /** The outgoing person goes on on another schedule of the program. */
  isStillOnCall: boolean;
}

/** Told in the transaction in which a shift ends. */
export interface ShiftEndListener {
  /** Answers how many open things of the outgoing person are still theirs. */
  shiftEnded(tx: Tx, end: ShiftEnd): Promise<number>;
}

/** Other rooms register what they have to pass on. */
@Injectable()
export class ShiftEnds {
  private readonly listeners: ShiftEndListener[] = [];

  register(listener: ShiftEndListener): void {
    this.listeners.push(listener);
  }

  async tell(tx: Tx, end: ShiftEnd): Promise<number> {
    let open = 0;
    for (const listener of this.listeners) open += await listener.shiftEnded(tx, end);
    return open;
  }
}
