import { Injectable } from '@nestjs/common';
import { OnCall } from '../../../oncall/on-call.service.js';
import { Schedules, type StoredSchedule } from '../../../oncall/schedules/schedules.service.js';
import type { Tx } from '../../../platform/db/unit-of-work.js';
import type { Stretch } from '../times.js';

export interface ShiftToSwap extends Stretch {
  schedule: StoredSchedule;
  person: string;
}

const dayMs = 86_400_000;
const startsWithinMs = 30 * dayMs;
/** Far enough to see where a shift of a month ends. */
const aheadMs = startsWithinMs + 35 * dayMs;

/** Shifts that have not begun, which people may give away. */
@Injectable()
export class ShiftsToSwap {
  constructor(
    private readonly onCall: OnCall,
    private readonly schedules: Schedules,
  ) {}

  /** Everybody's in the program, of the next 30 days, by their beginning. */
  async of(tx: Tx, programId: string): Promise<ShiftToSwap[]> {
    const now = tx.now.getTime();
    const found: ShiftToSwap[] = [];
    for (const schedule of await this.schedules.ofProgram(tx, programId)) {
      const shifts = await this.onCall.shifts(tx, schedule, { from: now, to: now + aheadMs });
      for (const { member: person, from, to } of shifts) {
        const isToCome = from > now && from < now + startsWithinMs;
        if (isToCome) found.push({ schedule, person, from, to });
      }
    }
    return found.toSorted((one, other) => one.from - other.from);
  }
}
