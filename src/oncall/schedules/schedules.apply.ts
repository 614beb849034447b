import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Staff } from '../../staff/staff.service.js';
import type { Difference } from '../rules/differences.js';
import { peopleIn, renamed } from '../rules/members.js';
import { rotationSchema, type ScheduleBody, scheduleSchema } from '../rules/schedule-schema.js';
import { Schedules } from './schedules.service.js';

export const scheduleKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower case, digits and dashes');
const named = { key: scheduleKey, name: z.string().min(1).max(120) };

/** `people` are the keys of everybody whom it names. */
const read = (key: string, name: string, body: ScheduleBody) => ({
  key,
  name,
  body,
  people: peopleIn(body),
});

const short = z
  .strictObject({ ...named, rotation: rotationSchema })
  .transform(({ key, name, rotation }) => read(key, name, rotation));

const layered = z
  .strictObject({ ...named, ...scheduleSchema.shape })
  .transform(({ key, name, ...body }) => read(key, name, body));

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
    private readonly staff: Staff,
  ) {}

  async apply(tx: Tx, programId: string, file: SchedulesFile): Promise<string[]> {
    const changes: string[] = [];
    for (const one of file) changes.push(...(await this.applyOne(tx, programId, one)));
    return changes;
  }

  private async applyOne(
    tx: Tx,
    programId: string,
    { key, name, body, people }: SchedulesFile[number],
  ): Promise<string[]> {
    const ids = await this.staff.idsByKey(tx, people);
    const idOf = (member: string): string => {
      const id = ids.get(member);
      if (id !== undefined) return id;
      throw new Rejection('unprocessable', `Schedule ${key} names unknown staff ${member}.`);
    };
    const { row, isChanged, differences } = await this.schedules.publish(tx, {
      programId,
      key,
      name,
      body: renamed(body, idOf),
      by: { type: 'operator' },
    });
    if (!isChanged) return [];
    const keys = new Map([...ids].map(([member, id]) => [id, member]));
    const ours = differences.flatMap(({ before, after }) => [...before, ...after]);
    for (const [id, member] of await this.staff.keys(tx, ours)) keys.set(id, member);
    if (row.version === 1) return [`schedule ${key}: new`];
    return [`schedule ${key}: changed`, ...said(differences, body.zone, keys)];
  }
}

const linesMax = 10;

/** What changes for whom, the next of it first. */
function said(
  differences: readonly Difference[],
  zone: string,
  keys: ReadonlyMap<string, string>,
): string[] {
  const at = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  const names = (ids: string[]) => ids.map((id) => keys.get(id) ?? id).join(', ') || 'nobody';
  const lines = differences.slice(0, linesMax).map(({ from, to, before, after }) => {
    const when = `${at.format(from)} to ${at.format(to)}`;
    return `  ${when}: ${names(after)} instead of ${names(before)}`;
  });
  const more = differences.length - lines.length;
  return more > 0 ? [...lines, `  and ${more} more in the next 30 days`] : lines;
}
