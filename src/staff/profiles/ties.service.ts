import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { StaffStore } from '../staff.store.js';
import { isRelationship, type Tie, TiesStore } from './ties.store.js';

/** What a staff member, named by their key, is to a participant. */
export type StatedTie = Pick<Tie, 'staffKey' | 'as'>;

/** Which staff a participant has of their own, and who is never paged about them. */
@Injectable()
export class Ties {
  constructor(
    private readonly store: TiesStore,
    private readonly staff: StaffStore,
    private readonly audit: Audit,
  ) {}

  /**
   * What is not stated any more is over. Of several reasons to keep somebody out the first counts.
   * Idempotent; answers name what changed.
   */
  async bring(tx: Tx, participantId: string, stated: readonly StatedTie[]): Promise<string[]> {
    const before = await this.store.of(tx.db, participantId);
    const after: Tie[] = [];
    for (const one of stated) {
      const tie = { ...one, staffId: await this.idOf(tx, one.staffKey) };
      if (!after.some((other) => isSameTie(other, tie) || isSecondReason(other, tie))) {
        after.push(tie);
      }
    }
    const gone = before.filter((tie) => !isIn(after, tie));
    const added = after.filter((tie) => !isIn(before, tie));
    for (const tie of gone) await this.store.remove(tx.db, participantId, tie);
    for (const tie of added) await this.store.add(tx.db, participantId, tie);
    if (gone.length + added.length === 0) return [];
    this.audit.record(tx, {
      stream: 'config',
      action: 'participant.applied',
      actor: { type: 'operator' },
      subjectRef: participantId,
      body: { changed: 'ties', before: before.map(recorded), after: after.map(recorded) },
    });
    return [...gone.map((tie) => said(tie, true)), ...added.map((tie) => said(tie, false))];
  }

  private async idOf(tx: Tx, key: string): Promise<string> {
    const row = await this.staff.byKey(key, tx.db);
    if (row?.disabledAt === null) return row.id;
    throw new Rejection('unprocessable', `There is no staff ${key}.`);
  }
}

const isSameTie = (one: Tie, other: Tie): boolean =>
  one.staffId === other.staffId && one.as === other.as;

const isIn = (ties: readonly Tie[], tie: Tie): boolean => ties.some((one) => isSameTie(one, tie));

const isSecondReason = (one: Tie, other: Tie): boolean =>
  one.staffId === other.staffId && !isRelationship(one.as) && !isRelationship(other.as);

const recorded = ({ staffId, as }: Tie) => ({ staffId, as });

function said({ staffKey, as }: Tie, isOver: boolean): string {
  if (!isRelationship(as)) return `${isOver ? 'no longer ' : ''}kept from ${staffKey}`;
  return `${staffKey} ${isOver ? 'no longer' : 'is'} their ${as.replaceAll('_', ' ')}`;
}
