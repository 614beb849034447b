import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { StaffCases } from '../../cases/staff-cases.service.js';
import { FollowUp } from '../../followup/follow-up.service.js';
import { Rejection } from '../../platform/http/rejection.js';
import type { Person } from '../../staff/rules/permissions.js';
import { type FormFields, readForm } from '../layout/form-body.js';
import { acuityWords, contactWords, dispositionWords, outcomeWords } from '../layout/words.js';

export const actionNames = [
  'take',
  'decline',
  'contacts',
  'acuity',
  'hand-over',
  'escalate',
  'dispatch',
  'dispatch-arrived',
  'dispatch-waived',
  'disposition',
  'follow-up',
  'close',
] as const;
export type ActionName = (typeof actionNames)[number];

type Act = (person: Person, caseId: string, fields: FormFields) => Promise<unknown>;

const words = z.string().max(4_000);
const codeOf = <T extends string>(all: Readonly<Record<T, string>>) =>
  z.enum(Object.keys(all) as [T, ...T[]]);
const forms = {
  decline: z.object({ reason: words }),
  contacts: z.object({
    kind: codeOf(contactWords),
    outcome: codeOf(outcomeWords),
    contactPoint: z.uuid().optional(),
    note: words.optional(),
  }),
  acuity: z.object({ acuity: codeOf(acuityWords), reason: words }),
  'hand-over': z.object({ to: z.uuid(), reason: words.optional() }),
  escalate: z.object({
    expectedStep: z.coerce.number().int().min(0).nullable().default(null),
    reason: words.optional(),
  }),
  dispatch: z.object({
    agency: words,
    number: z.string().min(2).max(30),
    consent: z.enum(['yes', 'no', 'unable']),
    alternativesTried: words.optional(),
    attemptInProgress: z
      .literal('yes')
      .transform(() => true)
      .optional(),
    locationGiven: words.optional(),
    spokenTo: words.optional(),
  }),
  'dispatch-arrived': z.object({ dispatch: z.uuid() }),
  'dispatch-waived': z.object({ dispatch: z.uuid(), reason: words }),
  disposition: z.object({ code: codeOf(dispositionWords), note: words.optional() }),
  'follow-up': z.object({
    when: z.string().max(30).optional(),
    reason: words.optional(),
    zone: z.string().max(60),
  }),
};

/** What the forms of the case page do: the same services as the API. */
@Injectable()
export class CaseActions {
  private readonly acts: Readonly<Record<ActionName, Act>>;

  constructor(
    private readonly cases: StaffCases,
    private readonly followUp: FollowUp,
  ) {
    this.acts = {
      take: (person, id) => this.take(person, id),
      decline: (person, id, fields) =>
        cases.decline(person, id, read(forms.decline, fields).reason),
      contacts: (person, id, fields) =>
        followUp.logContact(person, id, read(forms.contacts, fields)),
      acuity: (person, id, fields) => cases.changeAcuity(person, id, read(forms.acuity, fields)),
      'hand-over': (person, id, fields) => {
        const { to, reason } = read(forms['hand-over'], fields);
        return cases.handOver(person, id, to, reason);
      },
      escalate: (person, id, fields) => cases.escalate(person, id, read(forms.escalate, fields)),
      dispatch: (person, id, fields) =>
        followUp.recordDispatch(person, id, read(forms.dispatch, fields)),
      'dispatch-arrived': (person, id, fields) =>
        followUp.settleDispatch(person, id, read(forms['dispatch-arrived'], fields).dispatch, {}),
      'dispatch-waived': (person, id, fields) => {
        const { dispatch, reason } = read(forms['dispatch-waived'], fields);
        return followUp.settleDispatch(person, id, dispatch, { waive: true, reason });
      },
      disposition: (person, id, fields) =>
        followUp.dispose(person, id, read(forms.disposition, fields)),
      'follow-up': (person, id, fields) => this.decideFollowUp(person, id, fields),
      close: (person, id) => followUp.close(person, id),
    };
  }

  /** Throws a Rejection in plain words when the case does not take it. */
  async do(action: ActionName, person: Person, caseId: string, fields: FormFields): Promise<void> {
    await this.acts[action](person, caseId, fields);
  }

  private async take(person: Person, caseId: string): Promise<void> {
    const { result } = await this.cases.acknowledge(person, caseId);
    if (result.outcome === 'taken_by_other') {
      throw new Rejection('conflict', 'Somebody else has this case.', 'already_acknowledged');
    }
    if (result.outcome === 'over') {
      throw new Rejection('conflict', 'This case no longer waits for anybody.', 'not_open');
    }
  }

  private decideFollowUp(person: Person, caseId: string, fields: FormFields): Promise<unknown> {
    const { when, reason, zone } = read(forms['follow-up'], fields);
    if (when !== undefined) {
      return this.followUp.decideFollowUp(person, caseId, { at: momentIn(zone, when) });
    }
    if (reason === undefined) {
      const text = 'Say when the follow-up is, or why there is none.';
      throw new Rejection('unprocessable', text, 'incomplete');
    }
    return this.followUp.decideFollowUp(person, caseId, { none: true, reason });
  }
}

/** Fields as the forms call them, where that is not their name. */
const labels: Readonly<Record<string, string>> = {
  kind: 'how',
  outcome: 'what came of it',
  code: 'how it ended',
  number: 'the number you dialed',
};

const read = <T>(schema: z.ZodType<T>, fields: FormFields): T => readForm(schema, fields, labels);

/** A wall-clock time as a browser's field states it, in the program's zone. */
function momentIn(zone: string, local: string): Date {
  try {
    const wall = Temporal.PlainDateTime.from(local);
    return new Date(wall.toZonedDateTime(zone).epochMilliseconds);
  } catch {
    // Safe: nothing is stored, and the form comes back as it was.
    throw new Rejection('unprocessable', 'The follow-up needs a day and a time.', 'incomplete');
  }
}
