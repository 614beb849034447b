import { Injectable } from '@nestjs/common';
import { OnCall } from '../oncall/on-call.service.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { Staff } from '../staff/staff.service.js';
import type { CaseRow } from './case.row.js';
import { CasesStore } from './cases.store.js';
import type { Audience } from './rules/policy.js';

/** Turns the audiences of a step into people, at the moment the step fires. */
@Injectable()
export class Audiences {
  constructor(
    private readonly onCall: OnCall,
    private readonly staff: Staff,
    private readonly store: CasesStore,
  ) {}

  /** Reachable people in the policy's order: without decliners, kin and the participant's own. */
  async resolve(
    tx: Tx,
    current: CaseRow,
    audiences: readonly Audience[],
    passedBy?: string,
  ): Promise<string[]> {
    const named: string[] = [];
    for (const audience of audiences) named.push(...(await this.people(tx, current, audience)));
    // Nobody can have declined a case that opens in this very transaction.
    const opening = current.openedAt.getTime() === tx.now.getTime();
    const declined = new Set(opening ? [] : await this.store.declinedBy(tx.db, current.id));
    const willing = named.filter((id) => id !== passedBy && !declined.has(id));
    return this.staff.reachable(tx, willing, current);
  }

  private async people(tx: Tx, current: CaseRow, audience: Audience): Promise<string[]> {
    const { programId } = current;
    if (audience === 'backstop') return this.staff.withRole(tx, programId, 'backstop');
    if ('role' in audience) return this.staff.withRole(tx, programId, audience.role);
    if ('person' in audience) {
      const id = await this.staff.idByKey(audience.person, tx);
      return id === null ? [] : [id];
    }
    const onCall = await this.onCall.resolve(tx, programId, audience.schedule, tx.now);
    return onCall.map(({ id }) => id);
  }
}
