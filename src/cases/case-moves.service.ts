import { Injectable } from '@nestjs/common';
import { Alarms } from '../alarms/alarms.service.js';
import { Audit } from '../audit/audit.service.js';
import type { AuditActor } from '../audit/rules/event.js';
import type { JsonObject } from '../audit/rules/canonical.js';
import { Paging } from '../paging/paging.service.js';
import type { CaseContent } from '../paging/rules/page-content.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { Staff } from '../staff/staff.service.js';
import type { Choice } from '../oncall/rules/answering/choose-people.js';
import { Audiences, type SaidNow } from './audiences.service.js';
import type { CaseRow } from './case.row.js';
import { CasesStore } from './cases.store.js';
import { actionFor } from './rules/audit-words.js';
import type { Case, CaseEvent, Decision, Effect } from './rules/case.js';
import { decide } from './rules/decide.js';
import { pagePriority } from './rules/policy.js';

export interface Mover {
  actor: AuditActor;
  /** Ids and codes that belong to the record of what was done. */
  body?: JsonObject;
  /** Who passed on the case in this very move, and is not paged for it any more. */
  passedBy?: string;
  /** What the flag of this very move says, which is not written down yet. */
  said?: SaidNow;
}

/** Carries out what the rules decide: the pages, the alarms and the record of each move. */
@Injectable()
export class CaseMoves {
  constructor(
    private readonly store: CasesStore,
    private readonly audiences: Audiences,
    private readonly paging: Paging,
    private readonly staff: Staff,
    private readonly alarms: Alarms,
    private readonly audit: Audit,
  ) {}

  /** Decides, carries out and writes the row, which the caller has locked. */
  async moveStored(tx: Tx, row: CaseRow, event: CaseEvent, mover: Mover): Promise<Decision> {
    const decision = await this.move(tx, row, event, mover);
    if (decision.changed) this.store.update(tx, row);
    return decision;
  }

  /**
   * Decides and does everything but write the row, which is changed in place. A step that reaches
   * nobody is passed over at once; the rules end that at the backstop.
   */
  async move(tx: Tx, row: CaseRow, event: CaseEvent, mover: Mover): Promise<Decision> {
    const decision = decide(tx.now, row.policy, row, event);
    if (!decision.changed) return decision;
    const before = row.state;
    Object.assign(row, decision.next, moments(tx.now, row, decision.next));
    const effects = await this.withPeople(tx, row, decision.effects, mover);
    this.record(tx, row, before, decision, effects, mover);
    for (const [effect, choice] of effects) {
      const missing = await this.carryOut(tx, row, effect, choice);
      if (missing === null) continue;
      await this.move(tx, row, missing, { ...mover, ...bySystem });
    }
    return decision;
  }

  private async withPeople(
    tx: Tx,
    row: CaseRow,
    effects: readonly Effect[],
    mover: Mover,
  ): Promise<[Effect, Choice][]> {
    const chosen: [Effect, Choice][] = [];
    for (const effect of effects) {
      const asked = effect.type === 'page' ? this.audiences.choose(tx, row, effect, mover) : nobody;
      chosen.push([effect, await asked]);
    }
    return chosen;
  }

  /** What follows when a page was asked for and nobody could be paged; null otherwise. */
  private async carryOut(
    tx: Tx,
    row: CaseRow,
    effect: Effect,
    { people, applies }: Choice,
  ): Promise<CaseEvent | null> {
    switch (effect.type) {
      case 'page': {
        const staffIds = people.map(({ id }) => id);
        await this.page(tx, row, effect.occasion, staffIds, effect.reason);
        if (staffIds.length > 0) return null;
        return applies ? nobodyReachable(effect) : { type: 'nobody_meant' };
      }
      case 'page_person': {
        const { staffId, occasion } = effect;
        const staffIds = await this.staff.reachable(tx, [staffId], row);
        const reason = effect.reason === 'asked_again' ? 'owner_asked_again' : effect.reason;
        await this.page(tx, row, occasion, staffIds, reason);
        return staffIds.length > 0 ? null : nobodyReachable(effect);
      }
      case 'withdraw_pages':
        await this.paging.withdraw(tx, 'case', row.id);
        return null;
      case 'open_alarm':
        await this.alarms.open(tx, {
          kind: effect.kind,
          programId: row.programId,
          subjectId: row.id,
          content: contentOf(row, 'alarm'),
        });
        return null;
    }
  }

  private page(
    tx: Tx,
    row: CaseRow,
    occasion: string,
    staffIds: string[],
    reason: CaseContent['reason'],
  ): Promise<void> {
    return this.paging.page(tx, {
      purpose: 'case',
      subjectId: row.id,
      occasion,
      staffIds,
      priority: pagePriority(row.acuity),
      content: contentOf(row, reason),
    });
  }

  private record(
    tx: Tx,
    row: CaseRow,
    before: Case['state'],
    { reason }: Decision,
    effects: readonly [Effect, Choice][],
    { actor, body }: Mover,
  ): void {
    this.audit.record(tx, {
      stream: `case:${row.id}`,
      action: actionFor(reason),
      actor,
      subjectRef: row.id,
      body: {
        ...body,
        reason,
        from: before,
        to: row.state,
        acuity: row.acuity,
        step: row.step,
        round: row.round,
        ownerId: row.ownerId,
        dueAt: row.dueAt?.toISOString() ?? null,
        policyVersion: row.policy.version,
        ...chosenWords(effects.map(([, choice]) => choice)),
      },
      newStream: before === 'open',
    });
  }
}

const nobody: Choice = { people: [], dropped: [], leftOut: [], applies: true };

/** `aside`: a page beside the steps, which says nothing of the step waited on. */
const nobodyReachable = (effect: Effect): CaseEvent => ({
  type: 'nobody_reachable',
  aside:
    effect.type === 'page_person' || (effect.type === 'page' && effect.reason === 'unattended'),
});

/** What of the choice belongs to the record: whatever was not as the program would have it. */
function chosenWords(choices: readonly Choice[]): JsonObject {
  const dropped = choices.flatMap((choice) => choice.dropped);
  const expired = choices.flatMap(({ leftOut }) =>
    leftOut.flatMap(({ id, reason }) => (reason === 'credential_expired' ? [id] : [])),
  );
  return {
    ...(dropped.length > 0 && { preferencesDropped: dropped }),
    ...(expired.length > 0 && { credentialsExpired: expired }),
  };
}

export const bySystem: Mover = { actor: { type: 'system' } };

/** What a page may say of a case. */
export function contentOf(row: CaseRow, reason: CaseContent['reason']): CaseContent {
  return {
    acuity: row.acuity,
    ref: row.ref,
    step: row.step ?? 0,
    steps: row.policy.acuities[row.acuity].steps.length,
    waitingSince: row.openedAt.toISOString(),
    reason,
  };
}

/** When a state was first entered; a case that goes back to paging keeps what was. */
function moments(now: Date, row: CaseRow, next: Case): Partial<CaseRow> {
  const first = (at: Date | null, state: Case['state']): Date | null =>
    at ?? (next.state === state ? now : null);
  return {
    acknowledgedAt: row.acknowledgedAt ?? (next.ownerId === null ? null : now),
    ownerSince: next.ownerId === row.ownerId ? row.ownerSince : next.ownerId === null ? null : now,
    inContactAt: first(row.inContactAt, 'in_contact'),
    disposedAt: first(row.disposedAt, 'disposed'),
    closedAt: first(row.closedAt, 'closed'),
  };
}
