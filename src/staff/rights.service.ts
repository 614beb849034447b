import { Injectable } from '@nestjs/common';
import { Rejection } from '../platform/http/rejection.js';
import { type Program, Programs } from '../programs/programs.service.js';
import { mayDo, type Person, programsOf } from './rules/permissions.js';
import { Denials } from './sessions/denials.service.js';

interface ProgramAsked {
  key: string;
  permission: 'staff' | 'clinician' | 'supervisor';
  /** Who asks for it, such as `OnCallController.show`: for the record of a refusal. */
  handler: string;
}

interface WithinAsked {
  /** Null: there is no such thing. */
  programId: string | null;
  /** One of them is enough. */
  permissions: readonly ('staff' | 'clinician' | 'supervisor' | 'admin')[];
  handler: string;
  /** Such as `schedule`: what the caller is told does not exist. */
  what: string;
}

/** What a signed-in person may do, and where. */
@Injectable()
export class Rights {
  constructor(
    private readonly programs: Programs,
    private readonly denials: Denials,
  ) {}

  /** Ids of the programs in which the person holds the permission. */
  programsOf(person: Person, permission: 'staff' | 'clinician' | 'supervisor'): string[] {
    return programsOf(person, permission);
  }

  /** Another program is answered like one that never was; that somebody asked is on record. */
  async program(person: Person, { key, permission, handler }: ProgramAsked): Promise<Program> {
    const program = await this.programs.byKey(key);
    if (program !== null && mayDo(person, [permission], program.id)) return program;
    await this.denials.record(person, {
      handler,
      ...(program ? { why: 'other_program', subjectRef: program.id } : { why: 'unknown_program' }),
    });
    throw new Rejection('not_found', 'There is no such program.');
  }

  /** For something that belongs to a program; `program` is null when there is no such thing. */
  async within(person: Person, asked: WithinAsked): Promise<void> {
    const { programId, permissions, handler, what } = asked;
    if (programId !== null && mayDo(person, permissions, programId)) return;
    const isMember = programId !== null && mayDo(person, ['staff'], programId);
    await this.denials.record(person, {
      handler,
      why: programId === null ? 'unknown_id' : isMember ? 'role' : 'other_program',
      ...(programId !== null && { subjectRef: programId }),
    });
    if (isMember) throw new Rejection('forbidden', 'Your role does not allow this.');
    throw new Rejection('not_found', `There is no such ${what}.`);
  }

  /** In any program. */
  supervises(person: Person): boolean {
    return mayDo(person, ['supervisor']);
  }
}
