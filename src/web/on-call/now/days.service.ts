import { Injectable } from '@nestjs/common';
import { ProgramCoverage } from '../../../oncall/coverage/program-coverage.service.js';
import { type LocalDay, LocalTimes } from '../../../oncall/local-times.service.js';
import type { Coverage, Gap } from '../../../oncall/rules/coverage.js';
import type { OnCallMember } from '../../../oncall/rules/schedule.js';
import type { Segment } from '../../../oncall/rules/timeline.js';
import { Schedules, type StoredSchedule } from '../../../oncall/schedules/schedules.service.js';
import type { Tx } from '../../../platform/db/unit-of-work.js';
import { Staff } from '../../../staff/staff.service.js';
import type { Stretch } from '../times.js';

/** A stretch of one day in which the same people are on call for the same reasons. */
export interface Block extends Stretch {
  /** Nobody is a gap. */
  people: readonly OnCallMember[];
}

export interface Day extends LocalDay {
  blocks: Block[];
}

export interface ScheduleDays {
  id: string;
  key: string;
  name: string;
  zone: string;
  days: Day[];
  /** When somebody is on call whom no page would reach. */
  passedOver: Gap[];
}

export interface ProgramDays {
  schedules: ScheduleDays[];
  /** Of everybody who is on call, and of those for whom they are. */
  names: ReadonlyMap<string, string>;
}

export const daysShown = 14;
/** Longer than that many days in any zone. */
const shownMs = (daysShown + 2) * 86_400_000;

/** The coming days of every schedule of a program, by the resolver that pages. */
@Injectable()
export class Days {
  constructor(
    private readonly schedules: Schedules,
    private readonly coverage: ProgramCoverage,
    private readonly localTimes: LocalTimes,
    private readonly staff: Staff,
  ) {}

  async of(tx: Tx, programId: string): Promise<ProgramDays> {
    const rows = await this.schedules.ofProgram(tx, programId);
    const from = tx.now.getTime();
    const keys = rows.map(({ key }) => key);
    const span = { from, to: from + shownMs };
    const timelines = await this.schedules.timelines(tx, { programId, keys, span });
    const { coverage } = await this.coverage.of(tx, programId, span);
    const schedules = rows.map((row) => ({
      ...this.daysOf(row, timelines.get(row.key) ?? [], from),
      passedOver: passedOver(coverage, row.id),
    }));
    const people = schedules.flatMap(({ days }) =>
      days.flatMap(({ blocks }) => blocks.flatMap((block) => block.people.flatMap(idsIn))),
    );
    return { schedules, names: await this.staff.names(people, tx.db) };
  }

  private daysOf(row: StoredSchedule, segments: Segment[], from: number) {
    const { id, key, name } = row;
    const { zone } = row.body;
    const days = this.localTimes.days(zone, from, daysShown);
    return {
      id,
      key,
      name,
      zone,
      days: days.map((day) => ({ ...day, blocks: blocksIn(segments, day) })),
    };
  }
}

function passedOver({ schedules }: Coverage, scheduleId: string): Gap[] {
  const gaps = schedules.find(({ id }) => id === scheduleId)?.gaps ?? [];
  return gaps.filter(({ why }) => why !== 'nobody_scheduled');
}

function blocksIn(segments: readonly Segment[], day: Stretch): Block[] {
  const blocks: Block[] = [];
  for (const { people, ...segment } of segments) {
    const [from, to] = [Math.max(segment.from, day.from), Math.min(segment.to, day.to)];
    if (from >= to) continue;
    const last = blocks.at(-1);
    if (last && isSame(last.people, people)) last.to = to;
    else blocks.push({ from, to, people });
  }
  return blocks;
}

function isSame(some: readonly OnCallMember[], others: readonly OnCallMember[]): boolean {
  return JSON.stringify(some.map(said)) === JSON.stringify(others.map(said));
}

/** One turn or layer and the next are the same to whoever reads. */
const said = ({ member, why }: OnCallMember) => [member, why.kind === 'layer' ? null : why];

const idsIn = ({ member, why }: OnCallMember): string[] =>
  'instead' in why && why.instead !== null ? [member, why.instead] : [member];
