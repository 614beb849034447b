import { Injectable } from '@nestjs/common';
import { StaffCases, type WorkedCase } from '../cases/staff-cases.service.js';
import { ContactPoints } from '../participants/contact-points.service.js';
import type { DataKey } from '../platform/crypto/data-key.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { Rejection } from '../platform/http/rejection.js';
import { mayDo, type Person } from '../staff/rules/permissions.js';
import type {
  DecideFollowUp,
  Dispose,
  LogContact,
  RecordDispatch,
  SettleDispatch,
} from './follow-up-requests.js';
import { FollowUpStore } from './follow-up.store.js';

/** Nobody would be reminded of a case whose date was mistyped into another century. */
const followUpMaxMs = 366 * 24 * 60 * 60_000;

/** What is done for the participant, from the first attempt to the closed case. */
@Injectable()
export class FollowUp {
  constructor(
    private readonly store: FollowUpStore,
    private readonly cases: StaffCases,
    private readonly contactPoints: ContactPoints,
  ) {}

  /** An attempt keeps the lease; `reached` brings the case into contact. */
  logContact(person: Person, caseId: string, contact: LogContact): Promise<WorkedCase> {
    const { kind, outcome, note, contactPoint } = contact;
    return this.write(person, caseId, async (tx, row, key, entry) => {
      await this.store.insertContact(tx.db, {
        ...entry,
        kind,
        outcome,
        note: seal(key, 'contacts', entry.id, 'note', note),
        at: tx.now,
      });
      if (contactPoint && outcome === 'wrong_number') {
        const of = { caseId: row.id, participantId: row.participantId };
        const marked = await this.contactPoints.markWrong(tx, contactPoint, of);
        if (!marked) throw new Rejection('not_found', 'This person has no such number.');
      }
      const about = contactPoint === undefined ? {} : { contactPoint };
      await this.cases.contacted(tx, person, row, { contactId: entry.id, kind, outcome, ...about });
    });
  }

  recordDispatch(person: Person, caseId: string, dispatch: RecordDispatch): Promise<WorkedCase> {
    const { consent, arrivalConfirmedAt, ...details } = dispatch;
    if (!details.alternativesTried && !details.attemptInProgress) {
      const text = 'Say what was tried before, or that an attempt is in progress.';
      throw new Rejection('unprocessable', text, 'needs_alternatives');
    }
    return this.write(person, caseId, async (tx, row, key, entry) => {
      await this.store.insertDispatch(tx.db, {
        ...entry,
        consent,
        details: sealed(key, 'dispatches', entry.id, 'details', JSON.stringify(details)),
        dispatchedAt: tx.now,
        arrivalConfirmedAt: arrivalConfirmedAt ?? null,
        settledAt: arrivalConfirmedAt ? tx.now : null,
        settledBy: arrivalConfirmedAt ? person.staffId : null,
        waivedBecause: null,
      });
      const event = { type: 'dispatched', confirmed: arrivalConfirmedAt !== undefined } as const;
      await this.cases.move(tx, person, row, event, { dispatchId: entry.id, consent });
    });
  }

  /** Whoever was sent has reached the person, or a supervisor says why nobody asks any more. */
  settleDispatch(
    person: Person,
    caseId: string,
    id: string,
    settlement: SettleDispatch,
  ): Promise<WorkedCase> {
    const reason = 'waive' in settlement ? settlement.reason : undefined;
    return this.write(person, caseId, async (tx, row, key) => {
      if (reason !== undefined && !mayDo(person, ['supervisor'], row.programId)) {
        const text = 'Only a supervisor may waive the confirmation of a dispatch.';
        throw new Rejection('forbidden', text, 'needs_supervisor_to_waive');
      }
      const arrivedAt = 'waive' in settlement ? null : (settlement.arrivedAt ?? tx.now);
      if (arrivedAt !== null && arrivedAt > tx.now) {
        throw new Rejection('unprocessable', 'The arrival must lie behind.', 'not_behind');
      }
      const settled = await this.store.settleDispatch(tx.db, row.id, {
        id,
        arrivalConfirmedAt: arrivedAt,
        settledAt: tx.now,
        settledBy: person.staffId,
        waivedBecause: seal(key, 'dispatches', id, 'waived_because', reason),
      });
      if (!settled) throw new Rejection('not_found', 'There is no such unconfirmed dispatch.');
      const outstanding = await this.store.countUnconfirmed(tx.db, row.id);
      const event = { type: 'dispatch_settled', outstanding } as const;
      await this.cases.move(tx, person, row, event, { dispatchId: id, outstanding });
    });
  }

  dispose(person: Person, caseId: string, { code, note }: Dispose): Promise<WorkedCase> {
    return this.write(person, caseId, async (tx, row, key, entry) => {
      const supervisor = mayDo(person, ['supervisor'], row.programId);
      const event = { type: 'disposed', code, supervisor } as const;
      await this.cases.move(tx, person, row, event, { dispositionId: entry.id, code });
      await this.store.insertDisposition(tx.db, {
        ...entry,
        code,
        note: seal(key, 'dispositions', entry.id, 'note', note),
        at: tx.now,
      });
    });
  }

  decideFollowUp(person: Person, caseId: string, decision: DecideFollowUp): Promise<WorkedCase> {
    const dueAt = 'at' in decision ? decision.at : null;
    const reason = 'at' in decision ? undefined : decision.reason;
    return this.write(person, caseId, async (tx, row, key, entry) => {
      if (dueAt !== null && dueAt <= tx.now) {
        throw new Rejection('unprocessable', 'The follow-up must lie ahead.', 'not_ahead');
      }
      if (dueAt !== null && dueAt.getTime() - tx.now.getTime() > followUpMaxMs) {
        throw new Rejection('unprocessable', 'The follow-up is over a year away.', 'too_far');
      }
      const event = { type: 'follow_up_set', at: dueAt } as const;
      await this.cases.move(tx, person, row, event, { followUpId: entry.id });
      await this.store.insertFollowUp(tx.db, {
        ...entry,
        dueAt,
        reason: seal(key, 'follow_ups', entry.id, 'reason', reason),
        at: tx.now,
      });
    });
  }

  close(person: Person, caseId: string): Promise<WorkedCase> {
    return this.write(person, caseId, async (tx, row) => {
      await this.cases.move(tx, person, row, { type: 'closed' }, {});
    });
  }

  /** Everything written on a case so far, opened; in the caller's transaction and audited there. */
  async historyOf(tx: Tx, row: WorkedCase, key: DataKey) {
    const open = (table: string, id: string, column: string, text: Buffer | null): string | null =>
      text && key.open({ table, row: id, column }, text);
    const contacts = await this.store.contactsOf(tx.db, row.id);
    const dispositions = await this.store.dispositionsOf(tx.db, row.id);
    const followUps = await this.store.followUpsOf(tx.db, row.id);
    const dispatches = await this.store.dispatchesOf(tx.db, row.id);
    return {
      contacts: contacts.map((one) => ({
        ...one,
        note: open('contacts', one.id, 'note', one.note),
      })),
      dispositions: dispositions.map((one) => ({
        ...one,
        note: open('dispositions', one.id, 'note', one.note),
      })),
      followUps: followUps.map((one) => ({
        ...one,
        reason: open('follow_ups', one.id, 'reason', one.reason),
      })),
      dispatches: dispatches.map((one) => ({
        ...one,
        details: JSON.parse(
          open('dispatches', one.id, 'details', one.details) ?? '{}',
        ) as DispatchDetails,
        waivedBecause: open('dispatches', one.id, 'waived_because', one.waivedBecause),
      })),
    };
  }

  private write(
    person: Person,
    caseId: string,
    work: (
      tx: Tx,
      row: WorkedCase,
      key: DataKey,
      entry: { id: string; caseId: string; staffId: string },
    ) => Promise<void>,
  ): Promise<WorkedCase> {
    return this.cases.work(person, caseId, async (tx, row) => {
      const entry = { id: newId(), caseId: row.id, staffId: person.staffId };
      await work(tx, row, await this.cases.keyOf(tx, row), entry);
      return row;
    });
  }
}

type DispatchDetails = Omit<RecordDispatch, 'consent' | 'arrivalConfirmedAt'>;

function sealed(key: DataKey, table: string, row: string, column: string, text: string): Buffer {
  return key.seal({ table, row, column }, text);
}

function seal(
  key: DataKey,
  table: string,
  row: string,
  column: string,
  text: string | undefined,
): Buffer | null {
  return text === undefined ? null : sealed(key, table, row, column, text);
}
