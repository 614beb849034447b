import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Programs } from '../../programs/programs.service.js';
import { Answering } from '../answering.service.js';
import type { Choosing } from '../rules/answering/audience.js';
import { choosePeople } from '../rules/answering/choose-people.js';
import { policiesOf, stepsOf } from '../rules/steps.js';
import { Schedules, type StoredSchedule } from '../schedules/schedules.service.js';

/** What the policy in force makes of a program's schedules. */
@Injectable()
export class PolicyUse {
  constructor(
    private readonly schedules: Schedules,
    private readonly programs: Programs,
    private readonly answering: Answering,
  ) {}

  /** Those that a step of any acuity pages. */
  async schedulesInUse(tx: Tx, programId: string): Promise<StoredSchedule[]> {
    const { body } = await this.programs.policyInForce(tx, programId);
    const steps = policiesOf(body).policies.flat();
    const rows = await this.schedules.ofProgram(tx, programId);
    return rows.filter(({ key }) => steps.some((step) => pagesSchedule(step, key)));
  }

  /**
   * Whom a flag would page after this schedule, by the steps for URGENT: reachable people in their
   * order, supervisors of earlier steps last. Without the backstop.
   */
  async after(tx: Tx, { programId, key }: StoredSchedule): Promise<string[]> {
    const program = await this.programs.byId(programId, tx);
    if (program === null) throw new Error(`There is no program ${programId}.`);
    const { body } = await this.programs.policyInForce(tx, programId);
    const { steps, sessionHours } = stepsOf(body, 'URGENT');
    const own = steps.findIndex((step) => pagesSchedule(step, key));
    const before = steps.slice(0, Math.max(own, 0)).filter(pagesSupervisors);
    const wanted = [...steps.slice(own + 1, -1), ...before];
    const asked = { programId, zone: program.zone, sessionHours, steps: wanted };
    const facts = await this.answering.facts(tx, asked);
    const people = wanted.flatMap(
      (step) => choosePeople(step, facts, { needs: [] }, tx.now).people,
    );
    return [...new Set(people.map(({ id }) => id))];
  }
}

const pagesSchedule = ({ audiences }: Choosing, key: string): boolean =>
  audiences.some((one) => one !== 'backstop' && 'schedule' in one && one.schedule === key);

const pagesSupervisors = ({ audiences }: Choosing): boolean =>
  audiences.some((one) => one !== 'backstop' && 'role' in one && one.role === 'supervisor');
