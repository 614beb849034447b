import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Staff } from '../../staff/staff.service.js';
import { words } from '../effects/accepted.js';
import { peopleInDifferences } from '../effects/effect-answer.js';
import { planLines } from '../effects/plan-lines.js';
import type { Warning } from '../effects/warnings.js';
import {
  acceptedInFile,
  ends,
  endsLater,
  entriesMax,
  entryKey,
  type FileContext,
  isDistinct,
  staffKey,
  stretchOf,
} from '../overrides/overrides.apply.js';
import type { Accepted } from '../overrides/override-effects.service.js';
import { asWhole, isSameTerms } from '../rules/exchange/swapped.js';
import type { Interval } from '../rules/schedule.js';
import { moment } from '../rules/schedule-schema.js';
import { localStretch } from '../rules/time/wall-clock.js';
import type { StoredSchedule } from '../schedules/schedules.service.js';
import { SwapRecord } from './swap-record.service.js';
import { SwapTerms, termsOf } from './swap-terms.service.js';
import type { SwapRow } from './swap.row.js';
import { Swaps } from './swaps.service.js';
import { SwapsStore } from './swaps.store.js';

const stretch = { from: moment, to: moment };
const swap = z
  .strictObject({
    key: entryKey,
    requester: staffKey,
    counterpart: staffKey,
    ...stretch,
    inReturn: z.strictObject(stretch).refine(endsLater, ends).optional(),
    reason: words,
    acceptFatigue: acceptedInFile,
  })
  .refine(endsLater, ends);

/** On which both have agreed; local times in the zone of the schedule. */
export const swapsFile = z
  .array(swap)
  .max(entriesMax)
  .refine(isDistinct, 'has a key twice')
  .default([]);
export type SwapsFile = z.infer<typeof swapsFile>;

export const peopleInSwaps = (file: SwapsFile): string[] =>
  file.flatMap(({ requester, counterpart, acceptFatigue }) => [
    requester,
    counterpart,
    ...(acceptFatigue === undefined ? [] : [acceptFatigue.by]),
  ]);

interface Wanted {
  entry: SwapsFile[number];
  given: Interval;
  inReturn: Interval | null;
}

const by = { type: 'operator' } as const;
const nothingAccepted: Accepted = { gapReason: null, fatigueReason: null };

/** Brings a schedule's swaps to what a file says: those that people made are left alone. */
@Injectable()
export class SwapsApply {
  constructor(
    private readonly store: SwapsStore,
    private readonly swaps: Swaps,
    private readonly terms: SwapTerms,
    private readonly record: SwapRecord,
    private readonly staff: Staff,
  ) {}

  /** Takes back what the file says no more; the schedule is held. */
  async takeBack(
    tx: Tx,
    schedule: StoredSchedule,
    file: SwapsFile,
    context: FileContext,
  ): Promise<string[]> {
    const wanted = wantedOf(tx, schedule, file);
    const lines: string[] = [];
    for (const row of await this.store.ofFile(tx.db, schedule.id, tx.now)) {
      if (wanted.some((one) => isSame(row, one, context))) continue;
      const isReplaced = wanted.some(({ entry }) => entry.key === row.fileKey);
      lines.push(`${titleOf(schedule, row.fileKey)}: ${isReplaced ? 'taken back' : 'gone'}`);
      await this.drop(tx, schedule, row);
    }
    return lines;
  }

  /** Arranges what is not there yet; gaps are looked at when all of the file is there. */
  async arrange(
    tx: Tx,
    schedule: StoredSchedule,
    file: SwapsFile,
    context: FileContext,
  ): Promise<string[]> {
    const known = await this.store.ofFile(tx.db, schedule.id, tx.now);
    const lines: string[] = [];
    for (const one of wantedOf(tx, schedule, file)) {
      if (known.some((row) => isSame(row, one, context))) continue;
      lines.push(...(await this.arrangeOne(tx, schedule, one, context)));
    }
    return lines;
  }

  /** Those of the file that are not over, as it writes them. */
  async written(tx: Tx, { id, body: { zone } }: StoredSchedule): Promise<object[]> {
    const rows = await this.store.ofFile(tx.db, id, tx.now);
    const keys = await this.staff.keys(
      tx,
      rows.flatMap(({ requester, counterpart }) => [requester, counterpart]),
    );
    return rows.flatMap((row) => {
      const { given, inReturn } = termsOf(row);
      if (given === null) return [];
      return [
        {
          key: row.fileKey,
          requester: keys.get(row.requester),
          counterpart: keys.get(row.counterpart),
          ...local(zone, given),
          ...(inReturn !== null && { inReturn: local(zone, inReturn) }),
          reason: row.reason,
        },
      ];
    });
  }

  private async drop(tx: Tx, schedule: StoredSchedule, row: SwapRow): Promise<void> {
    const change = { state: 'undone', dueAt: null, settledAt: tx.now } as const;
    await this.record.move(tx, schedule, row, { action: 'swap.undone', change, by });
    const taken = { by, accepted: nothingAccepted, gapsSeenLater: true };
    await this.swaps.takeBack(tx, schedule, row, taken);
  }

  private async arrangeOne(
    tx: Tx,
    schedule: StoredSchedule,
    { entry, given, inReturn }: Wanted,
    { idOf, acceptorOf }: FileContext,
  ): Promise<string[]> {
    const { key, acceptFatigue } = entry;
    const { row, warnings } = await this.swaps.arrange(tx, schedule, {
      requester: idOf(entry.requester),
      counterpart: idOf(entry.counterpart),
      given,
      inReturn,
      reason: entry.reason,
      by,
      via: 'file',
      fileKey: key,
      accepted: {
        gapReason: null,
        fatigueReason: acceptFatigue?.reason ?? null,
        by: acceptFatigue && acceptorOf(acceptFatigue.by),
      },
    });
    return [`${titleOf(schedule, key)}: new`, ...(await this.said(tx, schedule, row, warnings))];
  }

  private async said(
    tx: Tx,
    schedule: StoredSchedule,
    row: SwapRow,
    warnings: Warning[],
  ): Promise<string[]> {
    const differences = (await this.terms.effect(tx, schedule, row)) ?? [];
    const keys = await this.staff.keys(tx, peopleInDifferences(differences));
    return planLines({ differences, warnings }, schedule.body.zone, keys);
  }
}

/** Without those that are over. */
function wantedOf(tx: Tx, { body: { zone } }: StoredSchedule, file: SwapsFile): Wanted[] {
  return file
    .map((entry) => ({
      entry,
      given: stretchOf(zone, entry),
      inReturn: entry.inReturn ? stretchOf(zone, entry.inReturn) : null,
    }))
    .filter(({ given, inReturn }) => Math.max(given.to, inReturn?.to ?? 0) > tx.now.getTime());
}

function local(zone: string, part: Interval) {
  const { localFrom: from, localTo: to } = localStretch(zone, part);
  return { from, to };
}

const titleOf = (schedule: StoredSchedule, key: string | null): string =>
  `swap ${key} of schedule ${schedule.key}`;

function isSame(row: SwapRow, { entry, given, inReturn }: Wanted, { idOf }: FileContext): boolean {
  return (
    row.state === 'accepted' &&
    row.fileKey === entry.key &&
    row.requester === idOf(entry.requester) &&
    row.counterpart === idOf(entry.counterpart) &&
    row.reason === entry.reason &&
    isSameTerms(termsOf(row), { given: asWhole(given), inReturn: asWhole(inReturn) })
  );
}
