import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Staff } from '../../staff/staff.service.js';
import { words } from '../effects/accepted.js';
import { peopleInDifferences } from '../effects/effect-answer.js';
import { planLines } from '../effects/plan-lines.js';
import type { Interval } from '../rules/schedule.js';
import { moment } from '../rules/schedule-schema.js';
import { firstAt, lastAt, localStretch } from '../rules/time/wall-clock.js';
import type { StoredSchedule } from '../schedules/schedules.service.js';
import { asOverride, type Effect, peopleOf } from './override-effects.service.js';
import type { OverrideRow } from './override.row.js';
import { Overrides } from './overrides.service.js';
import { OverridesStore } from './overrides.store.js';

export const entryKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower case, digits and dashes');
/** Staff by their keys. */
export const staffKey = z.string().min(1).max(64);
/** A supervisor by key, and why. */
export const acceptedInFile = z.strictObject({ by: staffKey, reason: words }).optional();
export const endsLater = ({ from, to }: { from: string; to: string }) => from < to;
export const ends = { path: ['to'], message: 'is not after its beginning' };
export const entriesMax = 200;
export const isDistinct = (all: readonly { key: string }[]) =>
  new Set(all.map(({ key }) => key)).size === all.length;

const rest = {
  key: entryKey,
  from: moment,
  to: moment,
  reason: words,
  acceptGap: acceptedInFile,
  acceptFatigue: acceptedInFile,
};
const override = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('replace'), incoming: staffKey, outgoing: staffKey, ...rest }),
    z.strictObject({ kind: z.literal('add'), incoming: staffKey, ...rest }),
    z.strictObject({ kind: z.literal('remove'), outgoing: staffKey, ...rest }),
  ])
  .refine(endsLater, ends);

/** Local times in the zone of the schedule. */
export const overridesFile = z
  .array(override)
  .max(entriesMax)
  .refine(isDistinct, 'has a key twice')
  .default([]);
export type OverridesFile = z.infer<typeof overridesFile>;
type Entry = OverridesFile[number];

export const peopleInOverrides = (file: OverridesFile): string[] =>
  file.flatMap((one) => [
    ...('incoming' in one ? [one.incoming] : []),
    ...('outgoing' in one ? [one.outgoing] : []),
    ...[one.acceptGap, one.acceptFatigue].flatMap((accepted) => accepted?.by ?? []),
  ]);

export interface FileContext {
  /** Whom a key of the file names. */
  idOf: (key: string) => string;
  /** 422 unless it is a supervisor of the program. */
  acceptorOf: (key: string) => string;
}

/** Brings a schedule's overrides to what a file says: those by hand are left alone. */
@Injectable()
export class OverridesApply {
  constructor(
    private readonly store: OverridesStore,
    private readonly overrides: Overrides,
    private readonly staff: Staff,
  ) {}

  /** When the file or what it said before changes anything. */
  async stretches(
    tx: Tx,
    schedule: StoredSchedule | null,
    zone: string,
    file: OverridesFile,
  ): Promise<Interval[]> {
    const known = schedule ? await this.store.ofFile(tx.db, schedule.id, tx.now) : [];
    return [...known.map(asOverride), ...file.map((entry) => stretchOf(zone, entry))];
  }

  /** The schedule is held; gaps are looked at when all of the file is there. */
  async apply(
    tx: Tx,
    schedule: StoredSchedule,
    file: OverridesFile,
    context: FileContext,
  ): Promise<string[]> {
    const by = { type: 'operator' } as const;
    const { zone } = schedule.body;
    const wanted = file
      .map((entry) => ({ entry, ...stretchOf(zone, entry) }))
      .filter(({ to }) => to > tx.now.getTime());
    const known = await this.store.ofFile(tx.db, schedule.id, tx.now);
    const kept = known.filter((row) => wanted.some((one) => isSame(tx, row, one, context)));
    const dropped = known.filter((row) => !kept.includes(row));
    const lines: string[] = [];
    const title = (key: string | null) => `override ${key} of schedule ${schedule.key}`;
    for (const row of dropped) {
      const change = { made: [], dropped: [row] };
      const gone = { by, gapsSeenLater: true };
      const effect = await this.overrides.change(tx, schedule, change, gone);
      const isReplaced = wanted.some(({ entry }) => entry.key === row.fileKey);
      const what = isReplaced ? 'taken back' : 'gone';
      lines.push(`${title(row.fileKey)}: ${what}`, ...(await this.said(tx, schedule, effect)));
    }
    for (const { entry, from, to } of wanted) {
      if (kept.some(({ fileKey }) => fileKey === entry.key)) continue;
      const { row: _, ...effect } = await this.overrides.make(tx, {
        scheduleId: schedule.id,
        kind: entry.kind,
        from: new Date(from),
        to: new Date(to),
        ...partiesOf(entry, context),
        ...acceptedOf(entry, context),
        reason: entry.reason,
        by,
        via: 'file',
        fileKey: entry.key,
        gapsSeenLater: true,
      });
      lines.push(`${title(entry.key)}: new`, ...(await this.said(tx, schedule, effect)));
    }
    return lines;
  }

  /** Those of the file that are not over, as it writes them. */
  async written(tx: Tx, { id, body: { zone } }: StoredSchedule): Promise<object[]> {
    const rows = await this.store.ofFile(tx.db, id, tx.now);
    const people = rows.flatMap((row) => [...peopleOf(row), ...(row.madeBy ? [row.madeBy] : [])]);
    const keys = await this.staff.keys(tx, people);
    return rows.map((row) => {
      const { kind, incoming, outgoing, reason, madeBy, acceptedGapReason } = row;
      const { localFrom, localTo } = localStretch(zone, asOverride(row));
      return {
        key: row.fileKey,
        kind,
        from: localFrom,
        to: localTo,
        ...(incoming !== null && { incoming: keys.get(incoming) }),
        ...(outgoing !== null && { outgoing: keys.get(outgoing) }),
        reason,
        ...(madeBy !== null &&
          acceptedGapReason !== null && {
            acceptGap: { by: keys.get(madeBy), reason: acceptedGapReason },
          }),
      };
    });
  }

  private async said(
    tx: Tx,
    { body: { zone } }: StoredSchedule,
    effect: Pick<Effect, 'differences' | 'warnings'>,
  ): Promise<string[]> {
    const keys = await this.staff.keys(tx, peopleInDifferences(effect.differences));
    return planLines(effect, zone, keys);
  }
}

/** On the clocks of the zone: from the first time they show it to the last. */
export function stretchOf(zone: string, { from, to }: { from: string; to: string }): Interval {
  return {
    from: firstAt(zone, Temporal.PlainDateTime.from(from)),
    to: lastAt(zone, Temporal.PlainDateTime.from(to)),
  };
}

function partiesOf(entry: Entry, { idOf }: FileContext) {
  return {
    incoming: 'incoming' in entry ? idOf(entry.incoming) : null,
    outgoing: 'outgoing' in entry ? idOf(entry.outgoing) : null,
  };
}

function acceptedOf({ acceptGap, acceptFatigue }: Entry, { acceptorOf }: FileContext) {
  const by = acceptGap?.by ?? acceptFatigue?.by;
  return {
    acceptedGapReason: acceptGap?.reason,
    acceptedFatigueReason: acceptFatigue?.reason,
    acceptedBy: by === undefined ? undefined : acceptorOf(by),
  };
}

/** One that has begun may have been cut to when it was made. */
function isSame(
  { now }: Tx,
  row: OverrideRow,
  { entry, from, to }: { entry: Entry } & Interval,
  context: FileContext,
): boolean {
  const { incoming, outgoing } = partiesOf(entry, context);
  const begins = row.fromAt.getTime();
  const hasBegun = begins <= now.getTime() && from <= now.getTime();
  return (
    row.fileKey === entry.key &&
    row.kind === entry.kind &&
    row.incoming === incoming &&
    row.outgoing === outgoing &&
    row.reason === entry.reason &&
    row.toAt.getTime() === to &&
    (begins === from || hasBegun)
  );
}
