import { Injectable } from '@nestjs/common';
import { OnCallApply } from '../oncall/on-call.apply.js';
import { ParticipantsApply } from '../participants/participants.apply.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { ProgramsApply } from '../programs/programs.apply.js';
import { StaffApply } from '../staff/staff.apply.js';
import { Staff } from '../staff/staff.service.js';
import type { ProgramDescription } from './program-file.js';

class OnlyPlanned extends Error {
  constructor(readonly changes: string[]) {
    super('This was only a plan.');
  }
}

/** Brings the service to what a program's file says, wholly or not at all. */
@Injectable()
export class Apply {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly programs: ProgramsApply,
    private readonly staff: StaffApply,
    private readonly people: Staff,
    private readonly onCall: OnCallApply,
    private readonly participants: ParticipantsApply,
  ) {}

  /** What `apply` would change, found by doing it and taking it back. */
  async plan(description: ProgramDescription): Promise<string[]> {
    try {
      await this.unitOfWork.run(async (tx) => {
        throw new OnlyPlanned(await this.applyIn(tx, description));
      });
    } catch (error) {
      // Safe: nothing was committed, which is what was asked for.
      if (error instanceof OnlyPlanned) return error.changes;
      throw error;
    }
    return [];
  }

  apply(description: ProgramDescription): Promise<string[]> {
    return this.unitOfWork.run((tx) => this.applyIn(tx, description));
  }

  private async applyIn(tx: Tx, file: ProgramDescription): Promise<string[]> {
    const { program, changes } = await this.programs.apply(tx, file.program);
    changes.push(...(await this.staff.apply(tx, program.id, file.staff)));
    changes.push(...(await this.onCall.apply(tx, program.id, file.schedules)));
    const { version: _version, zone: _zone, ...policy } = file.policy;
    changes.push(...(await this.programs.publishPolicy(tx, program.id, policy)));
    const enrollment = await this.participants.apply(tx, program.id, file.participants);
    changes.push(...enrollment.changes);
    for (const { externalId, relatives, sameAsStaff } of file.participants) {
      const participantId = enrollment.enrolled.get(externalId);
      if (participantId === undefined) continue;
      for (const key of relatives) await this.people.exclude(tx, key, participantId, 'relative');
      if (sameAsStaff) await this.people.exclude(tx, sameAsStaff, participantId, 'same_person');
    }
    return changes;
  }
}
