import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Staff } from '../../staff/staff.service.js';
import { peopleInDifferences } from '../effects/effect-answer.js';
import { planLines } from '../effects/plan-lines.js';
import {
  acceptedInFile,
  type FileContext,
  OverridesApply,
  type OverridesFile,
  overridesFile,
  peopleInOverrides,
} from '../overrides/overrides.apply.js';
import { peopleIn, renamed } from '../rules/members.js';
import { rotationSchema, type ScheduleBody, scheduleSchema } from '../rules/schedule-schema.js';
import { subtract } from '../rules/time/intervals.js';
import { peopleInSwaps, SwapsApply, type SwapsFile, swapsFile } from '../swaps/swaps.apply.js';
import { PublicationChecks, refuseGaps } from './publication-checks.service.js';
import { coverageDays, Schedules, type StoredSchedule } from './schedules.service.js';

const dayMs = 86_400_000;

export const scheduleKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower case, digits and dashes');
const named = { key: scheduleKey, name: z.string().min(1).max(120) };

const beside = { overrides: overridesFile, swaps: swapsFile, acceptFatigue: acceptedInFile };

interface Beside {
  overrides: OverridesFile;
  swaps: SwapsFile;
  acceptFatigue?: z.infer<typeof acceptedInFile>;
}

/** `people` are the keys of everybody whom it names. */
const read = (head: { key: string; name: string }, rest: Beside, body: ScheduleBody) => ({
  ...head,
  ...rest,
  body,
  people: [
    ...new Set([
      ...peopleIn(body),
      ...peopleInOverrides(rest.overrides),
      ...peopleInSwaps(rest.swaps),
      ...(rest.acceptFatigue ? [rest.acceptFatigue.by] : []),
    ]),
  ],
});

const short = z
  .strictObject({ ...named, rotation: rotationSchema, ...beside })
  .transform(({ key, name, rotation, ...rest }) => read({ key, name }, rest, rotation));

const layered = z
  .strictObject({ ...named, ...scheduleSchema.shape, ...beside })
  .transform(({ key, name, overrides, swaps, acceptFatigue, ...body }) =>
    read({ key, name }, { overrides, swaps, acceptFatigue }, body),
  );

/** In full, or in short with one `rotation`; members are staff keys, in turn order. */
const scheduleInFile = z.unknown().transform((input, context) => {
  const isShort = typeof input === 'object' && input !== null && 'rotation' in input;
  const { data, error } = (isShort ? short : layered).safeParse(input);
  if (data !== undefined) return data;
  for (const issue of error.issues) context.issues.push({ ...issue, input } as never);
  return z.NEVER;
});

export const schedulesFile = z.array(scheduleInFile);
export type SchedulesFile = z.infer<typeof schedulesFile>;

/** Brings a program's schedules to what a file says. Idempotent; answers name what changed. */
@Injectable()
export class SchedulesApply {
  constructor(
    private readonly schedules: Schedules,
    private readonly checks: PublicationChecks,
    private readonly overrides: OverridesApply,
    private readonly swaps: SwapsApply,
    private readonly staff: Staff,
  ) {}

  /** 422 as a whole, also when anything of the program still names somebody who may not answer. */
  async apply(tx: Tx, programId: string, file: SchedulesFile): Promise<string[]> {
    const supervisors = new Set(await this.staff.withRole(tx, programId, 'supervisor'));
    const changes: string[] = [];
    for (const one of file) {
      const context = await this.contextOf(tx, one, supervisors);
      changes.push(...(await this.applyOne(tx, programId, one, context)));
    }
    for (const row of await this.schedules.ofProgram(tx, programId)) {
      await this.checks.refuseGone(tx, row);
    }
    return changes;
  }

  private async applyOne(
    tx: Tx,
    programId: string,
    one: SchedulesFile[number],
    context: FileContext,
  ): Promise<string[]> {
    const { key, body, overrides, swaps } = one;
    const known = await this.schedules.byKey(tx, programId, key);
    const looked = [
      { from: tx.now.getTime(), to: tx.now.getTime() + coverageDays * dayMs },
      ...(await this.overrides.stretches(tx, known, body.zone, overrides)),
    ];
    const before = known ? await this.schedules.openGaps(tx, known, looked) : [];
    const { row, changes } = await this.publish(tx, programId, one, context);
    changes.push(
      ...(await this.swaps.takeBack(tx, row, swaps, context)),
      ...(await this.overrides.apply(tx, row, overrides, context)),
      ...(await this.swaps.arrange(tx, row, swaps, context)),
    );
    if (changes.length === 0) return [];
    refuseGaps(key, subtract(await this.schedules.openGaps(tx, row, looked), before));
    return changes;
  }

  private async publish(
    tx: Tx,
    programId: string,
    { key, name, body, acceptFatigue }: SchedulesFile[number],
    { idOf, acceptorOf }: FileContext,
  ): Promise<{ row: StoredSchedule; changes: string[] }> {
    const published = await this.schedules.publish(tx, {
      programId,
      key,
      name,
      body: renamed(body, idOf),
      by: { type: 'operator' },
      acceptedFatigue: acceptFatigue && { ...acceptFatigue, by: acceptorOf(acceptFatigue.by) },
      gapsSeenLater: true,
    });
    const { row, isChanged, differences, warnings } = published;
    if (!isChanged) return { row, changes: [] };
    const keys = await this.staff.keys(tx, peopleInDifferences(differences));
    const isNew = row.version === 1;
    const title = `schedule ${key}: ${isNew ? 'new' : 'changed'}`;
    return { row, changes: [title, ...planLines({ differences, warnings }, body.zone, keys)] };
  }

  private async contextOf(
    tx: Tx,
    { key, people }: SchedulesFile[number],
    supervisors: ReadonlySet<string>,
  ): Promise<FileContext> {
    const ids = await this.staff.idsByKey(tx, people);
    const idOf = (member: string): string => {
      const id = ids.get(member);
      if (id !== undefined) return id;
      throw new Rejection('unprocessable', `Schedule ${key} names unknown staff ${member}.`);
    };
    const acceptorOf = (member: string): string => {
      const id = idOf(member);
      if (supervisors.has(id)) return id;
      const text = `Schedule ${key} has something accepted by ${member}, who is no supervisor.`;
      throw new Rejection('unprocessable', text);
    };
    return { idOf, acceptorOf };
  }
}
