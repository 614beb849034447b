import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import type { Program } from '../../programs/programs.service.js';
import { Programs } from '../../programs/programs.service.js';
import { Rights } from '../../staff/rights.service.js';
import { mayDo, type Person } from '../../staff/rules/permissions.js';
import { Schedules, type StoredSchedule } from './schedules.service.js';

interface Asked {
  id: string;
  /** Who asks, such as `SchedulesController.edit`: for the record of a refusal. */
  handler: string;
}

interface Acceptances {
  acceptGap?: unknown;
  acceptFatigue?: unknown;
}

const editors = ['supervisor', 'admin'] as const;

/** Who may see and who may change who is on call; another program's schedule is a 404. */
@Injectable()
export class ScheduleRights {
  constructor(
    private readonly schedules: Schedules,
    private readonly programs: Programs,
    private readonly rights: Rights,
  ) {}

  read(tx: Tx, person: Person, asked: Asked): Promise<StoredSchedule> {
    return this.schedule(tx, person, { ...asked, permissions: ['staff'] });
  }

  change(tx: Tx, person: Person, asked: Asked): Promise<StoredSchedule> {
    return this.schedule(tx, person, { ...asked, permissions: editors });
  }

  /** To give it a new schedule. */
  async program(person: Person, { key, handler }: { key: string; handler: string }) {
    const program = await this.programs.byKey(key);
    const programId = program?.id ?? null;
    await this.rights.within(person, { programId, permissions: editors, handler, what: 'program' });
    return program as Program;
  }

  /** 403 for whoever accepts a gap or fatigue without supervising the program. */
  mayAccept(person: Person, { programId }: { programId: string }, asked: Acceptances): void {
    const isAccepted = asked.acceptGap !== undefined || asked.acceptFatigue !== undefined;
    if (!isAccepted || this.supervises(person, programId)) return;
    throw new Rejection('forbidden', 'Only a supervisor may accept this.');
  }

  supervises(person: Person, programId: string): boolean {
    return mayDo(person, ['supervisor'], programId);
  }

  /** To override who is on call, and to publish schedules. */
  edits(person: Person, programId: string): boolean {
    return mayDo(person, editors, programId);
  }

  private async schedule(
    tx: Tx,
    person: Person,
    { id, ...asked }: Asked & { permissions: readonly ('staff' | 'supervisor' | 'admin')[] },
  ): Promise<StoredSchedule> {
    const row = await this.schedules.byId(tx, id);
    const programId = row?.programId ?? null;
    await this.rights.within(person, { ...asked, programId, what: 'schedule' });
    return row as StoredSchedule;
  }
}
