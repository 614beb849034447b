import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rights } from '../../staff/rights.service.js';
import { mayDo, type Person } from '../../staff/rules/permissions.js';
import { Staff } from '../../staff/staff.service.js';
import type { Interval } from '../rules/schedule.js';
import { Schedules, type StoredSchedule } from '../schedules/schedules.service.js';
import { namesNeeded, type SwapAnswer, swapAnswer } from './swap-requests.js';
import { SwapTerms } from './swap-terms.service.js';
import type { SwapRow, SwapState } from './swap.row.js';
import type { StoredSwap } from './swaps.service.js';
import { SwapsStore } from './swaps.store.js';

/** Swaps as people read them, with who is on call before and after. */
@Injectable()
export class SwapViews {
  constructor(
    private readonly store: SwapsStore,
    private readonly terms: SwapTerms,
    private readonly schedules: Schedules,
    private readonly staff: Staff,
    private readonly rights: Rights,
  ) {}

  async onSchedule(tx: Tx, schedule: StoredSchedule, span: Interval): Promise<SwapAnswer[]> {
    const { from, to } = span;
    const rows = await this.store.meeting(tx.db, schedule.id, new Date(from), new Date(to));
    const shown: SwapAnswer[] = [];
    for (const row of rows) shown.push(await this.one(tx, schedule, row));
    return shown;
  }

  /** In the programs of which somebody still is a member. */
  async ofPerson(tx: Tx, person: Person, state: SwapState | undefined): Promise<SwapAnswer[]> {
    const states = state === undefined ? [] : [state];
    const shown: SwapAnswer[] = [];
    for (const row of await this.store.ofPerson(tx.db, person.staffId, states)) {
      const schedule = await this.schedules.byId(tx, row.scheduleId);
      if (schedule === null || !mayDo(person, ['staff'], schedule.programId)) continue;
      shown.push(await this.one(tx, schedule, row));
    }
    return shown;
  }

  /** 404 for one of another program, as if there were none. */
  async byId(tx: Tx, person: Person, id: string, handler: string): Promise<SwapAnswer> {
    const row = await this.store.byId(tx.db, id);
    const schedule = row && (await this.schedules.byId(tx, row.scheduleId));
    const programId = schedule?.programId ?? null;
    const asked = { programId, permissions: ['staff'], handler, what: 'swap' } as const;
    await this.rights.within(person, asked);
    return this.one(tx, schedule as StoredSchedule, row as SwapRow);
  }

  async one(tx: Tx, schedule: StoredSchedule, row: StoredSwap): Promise<SwapAnswer> {
    const effect = await this.terms.effect(tx, schedule, row);
    const names = await this.staff.names(namesNeeded(row, effect), tx.db);
    return swapAnswer(schedule, row, { effect, names });
  }
}
