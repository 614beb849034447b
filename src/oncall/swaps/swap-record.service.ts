import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { AuditActor } from '../../audit/rules/event.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Staff } from '../../staff/staff.service.js';
import { type NewsKind, OnCallNews } from '../on-call-news.js';
import { hullOf, type Terms } from '../rules/exchange/swapped.js';
import type { Interval } from '../rules/schedule.js';
import type { StoredSchedule } from '../schedules/schedules.service.js';
import { changedTermsOf, termsOf } from './swap-terms.service.js';
import type { SwapRow } from './swap.row.js';
import { SwapsStore } from './swaps.store.js';

export interface Doer {
  by: AuditActor;
  /** Whom somebody else acts for. */
  onBehalfOf?: string | undefined;
}

type Action =
  | 'swap.requested'
  | 'swap.accepted'
  | 'swap.declined'
  | 'swap.withdrawn'
  | 'swap.expired'
  | 'swap.shift_changed'
  | 'swap.confirmed'
  | 'swap.left_standing'
  | 'swap.undone';

const newsOf: Record<Action, NewsKind> = {
  'swap.requested': 'swap_requested',
  'swap.accepted': 'swap_accepted',
  'swap.declined': 'swap_declined',
  'swap.withdrawn': 'swap_withdrawn',
  'swap.expired': 'swap_expired',
  'swap.shift_changed': 'swap_reconfirm',
  'swap.confirmed': 'swap_accepted',
  'swap.left_standing': 'swap_accepted',
  'swap.undone': 'swap_undone',
};

/** Every step of a swap is written down and told to whoever it concerns. */
@Injectable()
export class SwapRecord {
  constructor(
    private readonly store: SwapsStore,
    private readonly staff: Staff,
    private readonly news: OnCallNews,
    private readonly audit: Audit,
  ) {}

  /** Changes the row, which is then at the next version; resolves to it. */
  async move(
    tx: Tx,
    schedule: StoredSchedule,
    row: SwapRow,
    { action, change, ...doer }: Doer & { action: Action; change: Partial<SwapRow> },
  ): Promise<SwapRow> {
    const before = recordOf(row);
    const next = { ...change, version: row.version + 1 };
    await this.store.update(tx.db, row.id, next);
    Object.assign(row, next);
    await this.tell(tx, schedule, row, { action, before, ...doer });
    return row;
  }

  async tell(
    tx: Tx,
    { id: scheduleId, programId }: StoredSchedule,
    row: SwapRow,
    { action, before, by, onBehalfOf }: Doer & { action: Action; before: Recorded | null },
  ): Promise<void> {
    this.audit.record(tx, {
      stream: 'config',
      action,
      actor: by,
      ...(onBehalfOf !== undefined && { onBehalfOf }),
      subjectRef: row.id,
      body: { programId, scheduleId, before, after: recordOf(row), outcome: row.outcome },
    });
    const parties = [row.requester, row.counterpart];
    const watchers =
      action === 'swap.shift_changed' ? await this.staff.withRole(tx, programId, 'supervisor') : [];
    const staffIds = [...new Set([...parties, ...watchers])].filter((id) => id !== by.id);
    const { from, to } = hullOf(termsOf(row)) as Interval;
    const when = { from: new Date(from), to: new Date(to) };
    await this.news.tell(tx, { kind: newsOf[action], programId, scheduleId, staffIds, ...when });
  }
}

type Recorded = ReturnType<typeof recordOf>;

function recordOf(row: SwapRow) {
  const { state, requester, counterpart } = row;
  return {
    state,
    requester,
    counterpart,
    ...saidTerms(termsOf(row)),
    changed: state === 'reconfirm' ? saidTerms(changedTermsOf(row)) : null,
  };
}

const saidTerms = ({ given, inReturn }: Terms) => ({
  given: given && said(given),
  inReturn: inReturn && said(inReturn),
});

const said = ({ from, to }: Interval) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});
