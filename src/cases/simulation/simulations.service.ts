import { Injectable } from '@nestjs/common';
import { Answering } from '../../oncall/answering.service.js';
import type { Interval } from '../../oncall/rules/schedule.js';
import { localTime } from '../../oncall/rules/time/wall-clock.js';
import type { LadderMethod } from '../../paging/rules/attempts.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import type { Need } from '../../programs/rules/needs.js';
import { type Program, Programs } from '../../programs/programs.service.js';
import { Staff } from '../../staff/staff.service.js';
import type { Acuity, Policy } from '../rules/policy.js';
import {
  countedAs,
  type SimulatedPage,
  type Simulation,
  simulate,
} from '../rules/simulation/simulate.js';
import { type TimeToPeople, timeToPeople } from '../rules/simulation/time-to-people.js';
import { attemptsOf, type SimulatedAttempt } from '../rules/simulation/unanswered.js';

/** Longer than any policy's round, also for what waits until the morning. */
const playedMs = 72 * 3_600_000;
const hourMs = 3_600_000;
const momentsPerHour = 2;
const hoursInStrip = 7 * 24;
const peopleInStrip = 3;

export interface SimulationAsked {
  program: Program;
  acuity: Acuity;
  need: Need | null;
  at: Date;
}

export interface Played extends Omit<Simulation, 'pages'> {
  /** What the flag would count as: a low acuity counts only with a need that the policy names. */
  acuity: Acuity;
  policyVersion: number;
  pages: (SimulatedPage & { name: string | null; attempts: SimulatedAttempt[] })[];
}

/** What would happen to a flag that nobody answers, by the very rules and people that page. */
@Injectable()
export class Simulations {
  constructor(
    private readonly answering: Answering,
    private readonly programs: Programs,
    private readonly staff: Staff,
  ) {}

  async play(tx: Tx, { program, acuity: stated, need, at }: SimulationAsked): Promise<Played> {
    const from = at.getTime();
    const until = from + playedMs;
    const { world, acuity } = await this.world(tx, program, { stated, need }, { from, to: until });
    const result = simulate(world, { acuity, need, at: from }, until);
    const people = [...new Set(result.pages.map(({ person }) => person))];
    const names = await this.staff.names(people, tx.db);
    const methods = new Map<string, LadderMethod[]>();
    for (const id of people) methods.set(id, await this.methodsOf(tx, id));
    const end = result.roundAgainAt ?? until;
    return {
      ...result,
      acuity,
      policyVersion: world.policy.version,
      pages: result.pages.map((page) => ({
        ...page,
        name: names.get(page.person) ?? null,
        attempts: attemptsOf(methods.get(page.person) ?? [], page.at, end),
      })),
    };
  }

  /** For every half hour of the week from then on, from the full hour of the program's clocks. */
  async week(
    tx: Tx,
    { program, acuity: stated, need, at }: SimulationAsked,
  ): Promise<TimeToPeople[]> {
    const from = fullHour(program.zone, at.getTime());
    const to = from + hoursInStrip * hourMs;
    const span = { from, to: to + playedMs };
    const { world, acuity } = await this.world(tx, program, { stated, need }, span);
    const count = hoursInStrip * momentsPerHour;
    const moments = Array.from(
      { length: count },
      (_, which) => from + (which * hourMs) / momentsPerHour,
    );
    return timeToPeople(world, { acuity, need }, { moments, people: peopleInStrip, playedMs });
  }

  private async world(
    tx: Tx,
    { id, zone }: Program,
    { stated, need }: { stated: Acuity; need: Need | null },
    span: Interval,
  ) {
    const { version, body } = await this.programs.policyInForce(tx, id);
    const policy = { ...(body as Omit<Policy, 'version' | 'zone'>), version, zone };
    const acuity = countedAs(policy, stated, need);
    const steps = [...policy.acuities[acuity].steps, { audiences: ['backstop' as const] }];
    const { sessionHours } = policy;
    const facts = await this.answering.facts(tx, {
      programId: id,
      zone,
      sessionHours,
      steps,
      span,
    });
    return { world: { policy, facts }, acuity };
  }

  private async methodsOf(tx: Tx, staffId: string): Promise<LadderMethod[]> {
    const methods = await this.staff.contactMethods(staffId, tx);
    return methods.flatMap(({ id, channel, usable }) =>
      channel === 'sms' || channel === 'voice' ? [{ id, channel, usable }] : [],
    );
  }
}

function fullHour(zone: string, at: number): number {
  const { minute, second, millisecond } = localTime(zone, at);
  return at - ((minute * 60 + second) * 1_000 + millisecond);
}
