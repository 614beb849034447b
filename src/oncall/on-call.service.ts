import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/unit-of-work.js';
import { Staff } from '../staff/staff.service.js';
import { resolve, shiftsOf } from './rules/resolve.js';
import type { Interval, OnCallMember, Shift } from './rules/schedule.js';
import type { StepAudience } from './rules/steps.js';
import { Schedules, type StoredSchedule } from './schedules/schedules.service.js';

export interface OnCallPerson {
  id: string;
  /** Names what makes this person the one to page: a layer of a schedule, a role, the policy. */
  why: string;
}

/** Who is on call, by the same pure resolver wherever the question is asked. */
@Injectable()
export class OnCall {
  constructor(
    private readonly schedules: Schedules,
    private readonly staff: Staff,
  ) {}

  /** Empty when there is no such schedule or nobody in it. */
  async resolve(tx: Tx, programId: string, scheduleKey: string, at: Date): Promise<OnCallPerson[]> {
    const span = { from: at.getTime(), to: at.getTime() + 1 };
    const [loaded] = await this.schedules.load(tx, { programId, key: scheduleKey, span });
    if (loaded === undefined) return [];
    const { row, schedule } = loaded;
    const people =
      at < row.updatedAt
        ? ((await this.schedules.timeline(tx, row, span))[0]?.people ?? [])
        : resolve(schedule, span.from);
    const stoodInFor = people.flatMap(({ why }) => ('instead' in why ? (why.instead ?? []) : []));
    const keys = await this.staff.keys(tx, stoodInFor);
    return people.map((one) => ({ id: one.member, why: whyText(scheduleKey, one.why, keys) }));
  }

  /** Everybody's shifts in a span, cut to it, by their beginning. */
  async shifts(tx: Tx, schedule: StoredSchedule, span: Interval): Promise<Shift[]> {
    return shiftsOf(await this.schedules.timeline(tx, schedule, span));
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

/** `keys` name those who are stood in for. */
export function whyText(
  scheduleKey: string,
  why: OnCallMember['why'],
  keys: ReadonlyMap<string, string>,
): string {
  if (why.kind === 'layer') return `schedule ${scheduleKey}, layer ${why.name}`;
  if (why.kind === 'fixed') return `schedule ${scheduleKey}, fixed: ${why.name}`;
  if (why.instead === null) return `schedule ${scheduleKey}, ${why.kind}`;
  return `schedule ${scheduleKey}, ${why.kind} in place of ${keys.get(why.instead) ?? why.instead}`;
}
