import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { LocalTimes } from '../../../oncall/local-times.service.js';
import type { OverrideWanted } from '../../../oncall/overrides/override-drafts.service.js';
import { type OverrideMade, Overrides } from '../../../oncall/overrides/overrides.service.js';
import { ScheduleRights } from '../../../oncall/schedules/schedule-rights.service.js';
import type { StoredSchedule } from '../../../oncall/schedules/schedules.service.js';
import type { Tx } from '../../../platform/db/unit-of-work.js';
import { Rejection } from '../../../platform/http/rejection.js';
import type { Person } from '../../../staff/rules/permissions.js';
import { type FormFields, readForm } from '../../layout/form-body.js';
import {
  acceptanceFields,
  type Accepted,
  type Needs,
  needOf,
  nothingNeeded,
} from '../acceptances.js';

const words = z.string().min(3).max(500);
const who = z.uuid();
const when = { from: z.string().max(40).optional(), to: z.string().max(40) };
const rest = { ...when, reason: words, ...acceptanceFields };
const OverrideForm = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('replace'), outgoing: who, incoming: who, ...rest }),
  z.object({ kind: z.literal('add'), incoming: who, ...rest }),
  z.object({ kind: z.literal('remove'), outgoing: who, ...rest }),
]);
type OverrideForm = z.infer<typeof OverrideForm>;

const labels = {
  kind: 'what changes',
  outgoing: 'who is off call',
  incoming: 'who comes on call',
  from: 'the beginning',
  to: 'the end',
  gapReason: 'why you accept the gap (3 letters or more)',
  fatigueReason: 'why you accept the hours (3 letters or more)',
};

/** An override that was looked at before it is made. */
export interface Looked {
  effect: OverrideMade;
  /** What a supervisor has to accept, whether they have yet or not. */
  needs: Needs;
  /** Sent along with what is to be made: it is this very thing that was looked at. */
  seen: string;
}

export type Submitted =
  { outcome: 'made' } | { outcome: 'looked'; looked: Looked; problem: string | null };

interface Asked {
  scheduleId: string;
  fields: FormFields;
  handler: string;
}

/** The form for an override: it is looked at first, and made only as it was seen. */
@Injectable()
export class OverrideForms {
  constructor(
    private readonly overrides: Overrides,
    private readonly rights: ScheduleRights,
    private readonly localTimes: LocalTimes,
  ) {}

  /** Throws a Rejection in words when there is nothing to look at. */
  async submit(tx: Tx, person: Person, asked: Asked): Promise<Submitted> {
    const { scheduleId: id, fields, handler } = asked;
    const schedule = await this.rights.change(tx, person, { id, handler });
    const form = readForm<OverrideForm>(OverrideForm, fields, labels);
    const wanted = this.wanted(tx, schedule, person, form);
    const looked = await this.look(tx, schedule, wanted);
    if (fields['act'] !== 'make') return { outcome: 'looked', looked, problem: null };
    if (fields['seen'] !== looked.seen) {
      const problem = 'Look at it once more: it is not what you saw before.';
      return { outcome: 'looked', looked, problem };
    }
    const { gapReason, fatigueReason } = form;
    this.rights.mayAccept(person, schedule, {
      acceptGap: gapReason === undefined ? undefined : {},
      acceptFatigue: fatigueReason === undefined ? undefined : {},
    });
    await this.overrides.make(tx, {
      ...wanted,
      acceptedGapReason: gapReason,
      acceptedFatigueReason: fatigueReason,
    });
    return { outcome: 'made' };
  }

  /** What it would do, also where that has to be accepted first. */
  private async look(tx: Tx, schedule: StoredSchedule, wanted: OverrideWanted): Promise<Looked> {
    let needs = nothingNeeded;
    for (;;) {
      try {
        const effect = await this.overrides.preview(tx, {
          ...wanted,
          ...(needs.gap !== null && { acceptedGapReason: needs.gap }),
          ...(needs.fatigue !== null && { acceptedFatigueReason: needs.fatigue }),
        });
        return { effect, needs, seen: markOf(wanted, effect) };
      } catch (error) {
        // Safe: it was only looked at. What can be accepted is shown as if it were.
        const more = error instanceof Rejection ? needOf(error, schedule.body.zone) : null;
        const next = { ...needs, ...more };
        if (more === null || isSame(needs, next)) throw error;
        needs = next;
      }
    }
  }

  /** Undone before it starts, ended afterwards. */
  async takeBack(tx: Tx, person: Person, asked: Asked & { overrideId: string }): Promise<void> {
    const { scheduleId: id, overrideId, fields, handler } = asked;
    const schedule = await this.rights.change(tx, person, { id, handler });
    const { gapReason, fatigueReason } = readForm(z.object(acceptanceFields), fields, labels);
    this.rights.mayAccept(person, schedule, {
      acceptGap: gapReason === undefined ? undefined : {},
      acceptFatigue: fatigueReason === undefined ? undefined : {},
    });
    const row = await this.overrides.byId(tx, overrideId);
    if (row?.scheduleId !== id) throw new Rejection('not_found', 'There is no such override.');
    if (row.swapId !== null && !(await this.overrides.hasBegun(tx, row.swapId))) {
      throw new Rejection('conflict', 'It carries out a swap, and is undone with it.');
    }
    const accepted: Accepted = {
      gapReason: gapReason ?? null,
      fatigueReason: fatigueReason ?? null,
    };
    await this.overrides.endNow(tx, overrideId, { type: 'staff', id: person.staffId }, accepted);
  }

  private wanted(
    tx: Tx,
    { id: scheduleId, body: { zone } }: StoredSchedule,
    { staffId }: Person,
    form: OverrideForm,
  ): OverrideWanted {
    const { kind, from, to, reason } = form;
    return {
      scheduleId,
      kind,
      from: from === undefined ? tx.now : this.localTimes.beginning(zone, from),
      to: this.localTimes.end(zone, to),
      incoming: 'incoming' in form ? form.incoming : null,
      outgoing: 'outgoing' in form ? form.outgoing : null,
      reason,
      by: { type: 'staff', id: staffId },
      via: 'staff',
    };
  }
}

const isSame = (one: Needs, other: Needs): boolean =>
  one.gap === other.gap && one.fatigue === other.fatigue;

/** The same for the same people and effect, whatever time has passed since it begins now. */
function markOf(
  { kind, incoming, outgoing, to }: OverrideWanted,
  { differences }: OverrideMade,
): string {
  const people = differences.map(({ before, after, to: until }) => [until, before, after]);
  const all = JSON.stringify([kind, incoming, outgoing, to, people]);
  return createHash('sha256').update(all).digest('base64url');
}
