import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Config } from '../config.js';
import { ProductionGate } from '../intake/production-gate.service.js';
import { SchedulesApply } from '../oncall/schedules/schedules.apply.js';
import { ParticipantsApply } from '../participants/participants.apply.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { Rejection } from '../platform/http/rejection.js';
import { TelephonyConfig } from '../platform/telephony/telephony.config.js';
import { ProgramsApply } from '../programs/programs.apply.js';
import type { Program } from '../programs/programs.service.js';
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
    private readonly schedules: SchedulesApply,
    private readonly participants: ParticipantsApply,
    private readonly gate: ProductionGate,
    private readonly telephony: TelephonyConfig,
    private readonly audit: Audit,
  ) {}

  /** What `apply` would change, found by doing it and taking it back. */
  async plan(description: ProgramDescription, mode: Config['mode']): Promise<string[]> {
    try {
      await this.unitOfWork.run(async (tx) => {
        throw new OnlyPlanned(await this.applyIn(tx, description, mode));
      });
    } catch (error) {
      // Safe: nothing was committed, which is what was asked for.
      if (error instanceof OnlyPlanned) return error.changes;
      throw error;
    }
    return [];
  }

  apply(description: ProgramDescription, mode: Config['mode']): Promise<string[]> {
    return this.unitOfWork.run((tx) => this.applyIn(tx, description, mode));
  }

  private async applyIn(tx: Tx, file: ProgramDescription, mode: Config['mode']): Promise<string[]> {
    this.refuseStaffNumbers(file);
    const { program, changes } = await this.programs.apply(tx, file.program);
    if (mode === 'production') this.refuseUngated(program);
    changes.push(...(await this.staff.apply(tx, program.id, file.staff)));
    changes.push(...(await this.schedules.apply(tx, program.id, file.schedules)));
    const { version: _version, zone: _zone, ...policy } = file.policy;
    changes.push(...(await this.programs.publishPolicy(tx, program.id, policy)));
    const enrollment = await this.participants.apply(tx, program.id, file.participants);
    changes.push(...enrollment.changes);
    for (const one of file.participants) {
      const participantId = enrollment.enrolled.get(one.externalId);
      if (participantId !== undefined)
        changes.push(...(await this.exclude(tx, participantId, one)));
    }
    return changes;
  }

  /** Nobody may rely on it, and the service would not start with it again. */
  private refuseUngated(program: Program): void {
    const problems = this.gate.problemsOf([program]);
    if (problems.length === 0) return;
    const first = 'Production takes no program that is not ready for it; nothing was changed.';
    throw new Rejection('unprocessable', [first, ...problems].join('\n'));
  }

  /** A text to a number that pages staff is an answer to a page, never a participant's. */
  private refuseStaffNumbers({ program }: ProgramDescription): void {
    const taken = program.lines.find((line) => this.telephony.fromNumbers.includes(line));
    if (taken === undefined) return;
    throw new Rejection('unprocessable', `program.lines: ${taken} is a number that pages staff.`);
  }

  /** Kin and the participant's own staff account: kept out of this participant's cases. */
  private async exclude(
    tx: Tx,
    participantId: string,
    { externalId, relatives, sameAsStaff }: ProgramDescription['participants'][number],
  ): Promise<string[]> {
    const changes: string[] = [];
    const reasons = new Map<string, 'relative' | 'same_person'>();
    for (const key of relatives) reasons.set(key, 'relative');
    if (sameAsStaff !== undefined) reasons.set(sameAsStaff, 'same_person');
    for (const [key, reason] of reasons) {
      const staffId = await this.people.idByKey(key, tx);
      if (staffId && (await this.people.isExcluded(tx, staffId, participantId))) continue;
      await this.people.exclude(tx, key, participantId, reason);
      changes.push(`participant ${externalId}: kept from ${key}`);
      this.audit.record(tx, {
        stream: 'config',
        action: 'participant.applied',
        actor: { type: 'operator' },
        subjectRef: participantId,
        body: { changed: 'exclusion', staffId, reason },
      });
    }
    return changes;
  }
}
