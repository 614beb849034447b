import { Injectable } from '@nestjs/common';
import type { Config } from '../config.js';
import { ProductionGate } from '../intake/production-gate.service.js';
import { OnCall } from '../oncall/on-call.service.js';
import { SchedulesApply } from '../oncall/schedules/schedules.apply.js';
import { ParticipantsApply } from '../participants/participants.apply.js';
import { type Tx, UnitOfWork } from '../platform/db/unit-of-work.js';
import { Rejection } from '../platform/http/rejection.js';
import { TelephonyConfig } from '../platform/telephony/telephony.config.js';
import { ProgramsApply } from '../programs/programs.apply.js';
import type { Program } from '../programs/programs.service.js';
import { StaffApply } from '../staff/staff.apply.js';
import { type StatedTie, Ties } from '../staff/profiles/ties.service.js';
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
    private readonly ties: Ties,
    private readonly schedules: SchedulesApply,
    private readonly onCall: OnCall,
    private readonly participants: ParticipantsApply,
    private readonly gate: ProductionGate,
    private readonly telephony: TelephonyConfig,
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
    const published = await this.programs.publishPolicy(tx, program.id, policy);
    changes.push(...published);
    if (published.length > 0) await this.onCall.policyChanged(tx, program.id);
    const enrollment = await this.participants.apply(tx, program.id, file.participants);
    changes.push(...enrollment.changes);
    for (const one of file.participants) {
      const participantId = enrollment.enrolled.get(one.externalId);
      if (participantId === undefined) continue;
      const changed = await this.ties.bring(tx, participantId, tiesOf(one));
      if (changed.length > 0) changes.push(`participant ${one.externalId}: ${changed.join(', ')}`);
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
}

/** Kin, the participant's own staff account, other conflicts; then the staff they have. */
function tiesOf(one: ProgramDescription['participants'][number]): StatedTie[] {
  return [
    ...ties('same_person', one.sameAsStaff),
    ...ties('relative', ...one.relatives),
    ...ties('conflict_of_interest', ...one.conflictsOfInterest),
    ...ties('primary_therapist', one.primaryTherapist),
    ...ties('prescriber', one.prescriber),
    ...ties('group_facilitator', ...one.groupFacilitators),
  ];
}

const ties = (as: StatedTie['as'], ...keys: (string | undefined)[]): StatedTie[] =>
  keys.flatMap((staffKey) => (staffKey === undefined ? [] : [{ staffKey, as }]));
