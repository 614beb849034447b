import { Injectable } from '@nestjs/common';
import type { AuditActor } from '../../audit/rules/event.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { newId } from '../../platform/ids.js';
import { Staff } from '../../staff/staff.service.js';
import { membersIn } from '../rules/members.js';
import { resolve } from '../rules/resolve.js';
import { asSchedule, type StoredSchedule } from '../schedules/schedules.service.js';
import { asOverride, peopleOf } from './override-effects.service.js';
import type { OverrideRow } from './override.row.js';
import { OverridesStore } from './overrides.store.js';

export interface OverrideWanted {
  scheduleId: string;
  kind: OverrideRow['kind'];
  /** What of it has passed is left out. */
  from: Date;
  to: Date;
  /** Staff ids; null where the kind has none. */
  incoming: string | null;
  outgoing: string | null;
  reason: string;
  by: AuditActor;
  via: OverrideRow['madeVia'];
  swapId?: string | undefined;
  fileKey?: string | undefined;
  /** Why a supervisor takes it upon themselves that nobody is on call, or somebody for too long. */
  acceptedGapReason?: string | undefined;
  acceptedFatigueReason?: string | undefined;
  /** Who accepts it, where a file says so; otherwise whoever makes it. */
  acceptedBy?: string | undefined;
  /** Whoever makes several changes at once looks at the gaps of all together. */
  gapsSeenLater?: boolean | undefined;
}

const longestMs = 400 * 86_400_000;

/** Overrides as they are asked for, before anybody knows what they would do. */
@Injectable()
export class OverrideDrafts {
  constructor(
    private readonly store: OverridesStore,
    private readonly staff: Staff,
  ) {}

  /** Not yet written; 422 when it cannot be. The schedule is held. */
  async of(tx: Tx, schedule: StoredSchedule, wanted: OverrideWanted): Promise<OverrideRow> {
    const { kind, incoming, outgoing, reason, by, via, swapId, fileKey } = wanted;
    const fromAt = new Date(Math.max(wanted.from.getTime(), tx.now.getTime()));
    refuseStretch(fromAt, wanted.to);
    const row: OverrideRow = {
      id: newId(),
      scheduleId: schedule.id,
      kind,
      fromAt,
      toAt: wanted.to,
      incoming,
      outgoing,
      reason,
      swapId: swapId ?? null,
      fileKey: fileKey ?? null,
      acceptedGapReason: null,
      madeVia: via,
      madeBy: (by.type === 'staff' ? by.id : wanted.acceptedBy) ?? null,
      madeAt: tx.now,
      withdrawnBy: null,
      withdrawnAt: null,
    };
    const known = await this.store.meeting(tx.db, schedule.id, fromAt, wanted.to);
    await this.refuseStrangers(tx, schedule, row, known);
    const isBeside = via === 'check_in' && standsIn(schedule, row, known);
    if (isBeside) Object.assign(row, { kind: 'add', outgoing: null });
    return row;
  }

  private async refuseStrangers(
    tx: Tx,
    { programId, body }: StoredSchedule,
    { incoming, outgoing }: OverrideRow,
    overrides: readonly OverrideRow[],
  ): Promise<void> {
    if (incoming !== null && incoming === outgoing) {
      throw new Rejection('unprocessable', 'Nobody stands in for themselves.', 'same_person');
    }
    const ids = [incoming, outgoing].filter((one) => one !== null);
    const working = await this.staff.working(tx, ids, programId);
    const known = [...membersIn(body), ...overrides.flatMap(peopleOf), ...working];
    if (outgoing !== null && !known.includes(outgoing)) refuseUnknown(outgoing);
    if (incoming === null || working.includes(incoming)) return;
    if (!(await this.staff.keys(tx, [incoming])).has(incoming)) refuseUnknown(incoming);
    const text = 'Whoever is to come on call has no role here that may take cases.';
    throw new Rejection('unprocessable', text, 'may_not_take_cases');
  }
}

/** Who is on call only by an override cannot be replaced by another one. */
function standsIn(
  { body }: StoredSchedule,
  { outgoing, fromAt }: OverrideRow,
  known: readonly OverrideRow[],
): boolean {
  const people = resolve(asSchedule(body, known.map(asOverride)), fromAt.getTime());
  const kind = people.find(({ member }) => member === outgoing)?.why.kind;
  return kind === 'override' || kind === 'swap';
}

function refuseUnknown(id: string): never {
  throw new Rejection('unprocessable', `There is no staff ${id} here.`, 'unknown_staff');
}

function refuseStretch(from: Date, to: Date): void {
  if (to <= from) {
    throw new Rejection('unprocessable', 'It ends before it begins, or is over.', 'span');
  }
  if (to.getTime() - from.getTime() > longestMs) {
    throw new Rejection('unprocessable', 'It is longer than 400 days.', 'span');
  }
}
