import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/db/unit-of-work.js';
import type { Need } from '../programs/rules/needs.js';
import { type Program, Programs } from '../programs/programs.service.js';
import { Staff } from '../staff/staff.service.js';
import { Answering } from './answering.service.js';
import type { Choosing } from './rules/answering/audience.js';
import { choosePeople } from './rules/answering/choose-people.js';
import { stepsOf } from './rules/steps.js';
import type { Segment } from './rules/timeline.js';
import { Schedules } from './schedules/schedules.service.js';

export interface StepsAsked {
  program: Program;
  at: Date;
  acuity: string;
  need: Need | null;
  /** How far ahead it is looked for the end of somebody's time on call; not at all by default. */
  aheadMs?: number;
}

export interface PersonOnStep {
  id: string;
  name: string | null;
  /** Names the layer, override, swap, role or the policy. */
  why: string;
  /** When their time on call ends; null: not in the time looked at, or not on a schedule. */
  until: Date | null;
}

export interface OnCallStep {
  /** From 0, the backstop last. */
  step: number;
  /** Keys of the schedules that it pages. */
  schedules: string[];
  people: PersonOnStep[];
}

/** Whom a flag would page at an instant, by the policy in force now and the rule that pages. */
@Injectable()
export class OnCallSteps {
  constructor(
    private readonly answering: Answering,
    private readonly schedules: Schedules,
    private readonly programs: Programs,
    private readonly staff: Staff,
  ) {}

  async of(tx: Tx, { program, at, acuity, need, aheadMs = 1 }: StepsAsked): Promise<OnCallStep[]> {
    const { id: programId, zone } = program;
    const { body } = await this.programs.policyInForce(tx, programId);
    const policy = stepsOf(body, acuity);
    const span = { from: at.getTime(), to: at.getTime() + aheadMs };
    const facts = await this.answering.facts(tx, { programId, zone, span, ...policy });
    const keys = [...new Set(policy.steps.flatMap(schedulesOf))];
    const timelines = await this.schedules.timelines(tx, { programId, keys, span });
    const asked = { needs: need === null ? [] : [need] };
    const chosen = policy.steps.map((choosing) => ({
      schedules: schedulesOf(choosing),
      people: choosePeople(choosing, facts, asked, at).people,
    }));
    const ids = chosen.flatMap(({ people }) => people.map(({ id }) => id));
    const [names, expiries] = await Promise.all([
      this.staff.names(ids, tx.db),
      this.staff.expiries(tx, ids, programId),
    ]);
    return chosen.map(({ schedules, people }, step) => ({
      step,
      schedules,
      people: people.map(({ id, why }) => {
        const ends = schedules
          .map((key) => endOf(timelines.get(key) ?? [], id))
          .filter((end) => end !== null);
        const expires = expiries.get(id)?.getTime() ?? Infinity;
        const until = ends.length === 0 ? null : Math.min(Math.max(...ends), expires);
        return {
          id,
          name: names.get(id) ?? null,
          why,
          until: until === null || until >= span.to ? null : new Date(until),
        };
      }),
    }));
  }
}

/** Where the time on call of somebody ends who is on call from the first of the segments on. */
function endOf(segments: readonly Segment[], id: string): number | null {
  let end: number | null = null;
  for (const { to, people } of segments) {
    if (!people.some(({ member }) => member === id)) return end;
    end = to;
  }
  return end;
}

const schedulesOf = ({ audiences }: Choosing): string[] =>
  audiences.flatMap((one) => (one !== 'backstop' && 'schedule' in one ? [one.schedule] : []));
