import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Rights } from '../../staff/rights.service.js';
import type { Person } from '../../staff/rules/permissions.js';
import type { Warning } from '../effects/warnings.js';
import type { Accepted } from '../overrides/override-effects.service.js';
import { Overrides } from '../overrides/overrides.service.js';
import { hullOf, isSameTerms, termsNow } from '../rules/exchange/swapped.js';
import type { Interval } from '../rules/schedule.js';
import { ScheduleRights } from '../schedules/schedule-rights.service.js';
import { Schedules, type StoredSchedule } from '../schedules/schedules.service.js';
import { type Doer, SwapRecord } from './swap-record.service.js';
import {
  changedFieldsOf,
  changedTermsOf,
  fieldsOf,
  SwapTerms,
  termsOf,
} from './swap-terms.service.js';
import type { SwapRow, SwapState } from './swap.row.js';
import { Swaps } from './swaps.service.js';
import { SwapsStore } from './swaps.store.js';

export interface ActAsked {
  id: string;
  /** The one that was read. */
  version: number;
  /** For the record of a refusal. */
  handler: string;
  accepted: Accepted;
}

export interface Acted {
  schedule: StoredSchedule;
  row: SwapRow;
  warnings: Warning[];
}

interface Held {
  schedule: StoredSchedule;
  row: SwapRow;
  doer: Doer & { by: { type: 'staff'; id: string } };
}

type Side = 'requester' | 'counterpart';

/** What the two of a swap do about it, or a supervisor in their place. */
@Injectable()
export class SwapActs {
  constructor(
    private readonly store: SwapsStore,
    private readonly terms: SwapTerms,
    private readonly record: SwapRecord,
    private readonly swaps: Swaps,
    private readonly overrides: Overrides,
    private readonly schedules: Schedules,
    private readonly scheduleRights: ScheduleRights,
    private readonly rights: Rights,
  ) {}

  async accept(tx: Tx, person: Person, asked: ActAsked): Promise<Acted> {
    const { schedule, row, doer } = await this.held(tx, person, asked, () => ['counterpart']);
    refuseState(row, ['requested']);
    if (row.dueAt !== null && row.dueAt <= tx.now) refuse('It has expired.', 'swap_expired');
    const terms = termsOf(row);
    const shifts = await this.terms.shifts(tx, schedule, terms, row.id);
    if (!isSameTerms(termsNow(shifts, row, terms), terms)) {
      refuse('The shift is not what it was when this was asked for.', 'shift_changed');
    }
    const change = { state: 'accepted', dueAt: null, ...settled(tx, doer) } as const;
    await this.record.move(tx, schedule, row, { action: 'swap.accepted', change, ...doer });
    const { accepted } = asked;
    const warnings = await this.swaps.carryOut(tx, schedule, row, { accepted, ...doer });
    return { schedule, row, warnings };
  }

  /** Of a request, or of what has become of a swap: then everything is as without it. */
  async decline(tx: Tx, person: Person, asked: ActAsked): Promise<Acted> {
    const { schedule, row, doer } = await this.held(tx, person, asked, ({ state }) =>
      state === 'reconfirm' ? both : ['counterpart'],
    );
    refuseState(row, ['requested', 'reconfirm']);
    if (row.state === 'reconfirm') return this.undone(tx, { schedule, row, doer }, asked);
    const change = { state: 'declined', dueAt: null, ...settled(tx, doer) } as const;
    await this.record.move(tx, schedule, row, { action: 'swap.declined', change, ...doer });
    return { schedule, row, warnings: [] };
  }

  async withdraw(tx: Tx, person: Person, asked: ActAsked): Promise<Acted> {
    const { schedule, row, doer } = await this.held(tx, person, asked, () => ['requester']);
    refuseState(row, ['requested']);
    const change = { state: 'withdrawn', dueAt: null, ...settled(tx, doer) } as const;
    await this.record.move(tx, schedule, row, { action: 'swap.withdrawn', change, ...doer });
    return { schedule, row, warnings: [] };
  }

  /** Both confirm what has become of the shifts; a supervisor does so for whoever has not yet. */
  async confirm(tx: Tx, person: Person, asked: ActAsked): Promise<Acted> {
    const { schedule, row, doer } = await this.held(tx, person, asked, () => both);
    refuseState(row, ['reconfirm']);
    const isFor = (side: Side) => doer.onBehalfOf !== undefined || row[side] === person.staffId;
    const confirmed = {
      requesterConfirmedAt: row.requesterConfirmedAt ?? (isFor('requester') ? tx.now : null),
      counterpartConfirmedAt: row.counterpartConfirmedAt ?? (isFor('counterpart') ? tx.now : null),
    };
    const action = 'swap.confirmed';
    if (Object.values(confirmed).includes(null)) {
      await this.record.move(tx, schedule, row, { action, change: confirmed, ...doer });
      return { schedule, row, warnings: [] };
    }
    const change = {
      state: 'accepted' as const,
      dueAt: null,
      ...fieldsOf(changedTermsOf(row)),
      ...changedFieldsOf({ given: null, inReturn: null }),
      ...settled(tx, doer),
    };
    await this.record.move(tx, schedule, row, { action, change, ...doer });
    const { accepted } = asked;
    const warnings = await this.swaps.carryOut(tx, schedule, row, { accepted, ...doer });
    return { schedule, row, warnings };
  }

  /** Until the earlier shift starts. */
  async undo(tx: Tx, person: Person, asked: ActAsked): Promise<Acted> {
    const held = await this.held(tx, person, asked, () => both);
    refuseState(held.row, ['accepted', 'reconfirm']);
    return this.undone(tx, held, asked);
  }

  private async undone(
    tx: Tx,
    { schedule, row, doer }: Held,
    { accepted }: ActAsked,
  ): Promise<Acted> {
    const { from } = hullOf(termsOf(row)) as Interval;
    if (from <= tx.now.getTime()) {
      refuse('It has started: a supervisor can make an override.', 'swap_started');
    }
    const change = { state: 'undone', dueAt: null, ...settled(tx, doer) } as const;
    await this.record.move(tx, schedule, row, { action: 'swap.undone', change, ...doer });
    await this.swaps.takeBack(tx, schedule, row, { accepted, ...doer });
    return { schedule, row, warnings: [] };
  }

  /** With its schedule held: 404, 403 or 409 unless the caller may decide on this very version. */
  private async held(
    tx: Tx,
    person: Person,
    { id, version, handler, accepted }: ActAsked,
    sidesOf: (row: SwapRow) => Side[],
  ): Promise<Held> {
    const found = await this.store.byId(tx.db, id);
    const known = found && (await this.schedules.byId(tx, found.scheduleId));
    const programId = known?.programId ?? null;
    const within = { programId, handler, what: 'swap' };
    await this.rights.within(person, { ...within, permissions: ['staff'] });
    const schedule = await this.overrides.hold(tx, (found as SwapRow).scheduleId);
    const row = (await this.store.byId(tx.db, id)) as SwapRow;
    const sides = sidesOf(row);
    const isParty = sides.some((side) => row[side] === person.staffId);
    if (!isParty) await this.rights.within(person, { ...within, permissions: ['supervisor'] });
    this.scheduleRights.mayAccept(person, schedule, {
      acceptGap: accepted.gapReason ?? undefined,
      acceptFatigue: accepted.fatigueReason ?? undefined,
    });
    if (row.version !== version) {
      const text = `Something has happened to this swap since: it is ${row.state}.`;
      const { state } = row;
      throw new Rejection('conflict', text, 'changed_meanwhile', { version: row.version, state });
    }
    const by = { type: 'staff', id: person.staffId } as const;
    const [side] = sides;
    return { schedule, row, doer: isParty || !side ? { by } : { by, onBehalfOf: row[side] } };
  }
}

const both: Side[] = ['requester', 'counterpart'];

const settled = (tx: Tx, { by }: Held['doer']) => ({ settledAt: tx.now, settledBy: by.id });

function refuseState({ state }: SwapRow, states: readonly SwapState[]): void {
  if (states.includes(state)) return;
  throw new Rejection('conflict', `The swap is ${said[state]}.`, 'swap_state', { state });
}

const said: Record<SwapState, string> = {
  requested: 'not accepted yet',
  accepted: 'accepted already',
  declined: 'declined',
  withdrawn: 'withdrawn',
  expired: 'expired',
  reconfirm: 'waiting for both to confirm it again',
  undone: 'undone',
};

function refuse(text: string, code: string): never {
  throw new Rejection('conflict', text, code);
}
