import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/unit-of-work.js';
import { Staff } from '../staff/staff.service.js';
import type { StepAudience } from './rules/steps.js';
import { resolveOnCall } from './rules/resolve.js';
import { SchedulesStore } from './schedules.store.js';

export interface OnCallPerson {
  id: string;
  /** Names what makes this person the one to page: a turn on a schedule, a role, the policy. */
  why: string;
}

/** Who is on call, by the same pure resolver wherever the question is asked. */
@Injectable()
export class OnCall {
  constructor(
    private readonly store: SchedulesStore,
    private readonly staff: Staff,
  ) {}

  /** Empty when there is no such schedule or nobody in it. */
  async resolve(tx: Tx, programId: string, scheduleKey: string, at: Date): Promise<OnCallPerson[]> {
    const schedule = await this.store.byKey(tx.db, programId, scheduleKey);
    const shift = schedule && resolveOnCall(schedule.rotation, at);
    if (!shift) return [];
    const until = shift.to.toISOString();
    return [{ id: shift.member, why: `schedule ${scheduleKey}, turn until ${until}` }];
  }

  /** Whom a step pages, once each and in its order: without those who cannot be reached. */
  async reachable(
    tx: Tx,
    programId: string,
    audiences: StepAudience[],
    at: Date,
  ): Promise<OnCallPerson[]> {
    const named: OnCallPerson[] = [];
    for (const one of audiences) named.push(...(await this.people(tx, programId, one, at)));
    const ids = named.map(({ id }) => id);
    const reachable = await this.staff.reachable(tx, ids, { programId, participantId: null });
    return reachable.flatMap((id) => named.find((one) => one.id === id) ?? []);
  }

  private async people(
    tx: Tx,
    programId: string,
    audience: StepAudience,
    at: Date,
  ): Promise<OnCallPerson[]> {
    if (audience === 'backstop') return this.inRole(tx, programId, 'backstop');
    if ('role' in audience) return this.inRole(tx, programId, audience.role);
    if ('schedule' in audience) return this.resolve(tx, programId, audience.schedule, at);
    const id = await this.staff.idByKey(audience.person, tx);
    return id === null ? [] : [{ id, why: `person ${audience.person}, named by the policy` }];
  }

  private async inRole(
    tx: Tx,
    programId: string,
    role: Parameters<Staff['withRole']>[2],
  ): Promise<OnCallPerson[]> {
    const ids = await this.staff.withRole(tx, programId, role);
    return ids.map((id) => ({ id, why: `role ${role}` }));
  }
}
