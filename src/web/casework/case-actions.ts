import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { acuities } from '../../cases/rules/policy.js';
import { StaffCases } from '../../cases/staff-cases.service.js';
import { Dispose, LogContact, RecordDispatch } from '../../followup/follow-up-requests.js';
import { FollowUp } from '../../followup/follow-up.service.js';
import { Rejection } from '../../platform/http/rejection.js';
import type { Person } from '../../staff/rules/permissions.js';

export const actionNames = [
  'take',
  'decline',
  'contacts',
  'acuity',
  'hand-over',
  'escalate',
  'dispatch',
  'disposition',
  'follow-up',
  'close',
] as const;
export type ActionName = (typeof actionNames)[number];

/** The fields of a form; what was left empty is not there. */
export type FormFields = Readonly<Record<string, string>>;

type Act = (person: Person, caseId: string, fields: FormFields) => Promise<unknown>;

const words = z.string().max(4_000);
const Decline = z.object({ reason: words });
const AcuityChange = z.object({ acuity: z.enum(acuities), reason: words });
const HandOver = z.object({ to: z.uuid(), reason: words.optional() });
const Escalation = z.object({
  expectedStep: z.coerce.number().int().min(0).nullable().default(null),
  reason: words.optional(),
});
const DispatchForm = RecordDispatch.extend({
  attemptInProgress: z
    .literal('yes')
    .transform(() => true)
    .optional(),
});
const FollowUpForm = z.object({
  when: z.string().max(30).optional(),
  reason: words.optional(),
  zone: z.string().max(60),
});

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
      decline: (person, id, fields) => cases.decline(person, id, read(Decline, fields).reason),
      contacts: (person, id, fields) => followUp.logContact(person, id, read(LogContact, fields)),
      acuity: (person, id, fields) => cases.changeAcuity(person, id, read(AcuityChange, fields)),
      'hand-over': (person, id, fields) => {
        const { to, reason } = read(HandOver, fields);
        return cases.handOver(person, id, to, reason);
      },
      escalate: (person, id, fields) => cases.escalate(person, id, read(Escalation, fields)),
      dispatch: (person, id, fields) =>
        followUp.recordDispatch(person, id, read(DispatchForm, fields)),
      disposition: (person, id, fields) => followUp.dispose(person, id, read(Dispose, fields)),
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
    const { when, reason, zone } = read(FollowUpForm, fields);
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

function read<T>(schema: z.ZodType<T>, fields: FormFields): T {
  const result = schema.safeParse(fields);
  if (result.success) return result.data;
  const names = result.error.issues.map(({ path: [name] }) => labels[String(name)] ?? String(name));
  const text = `Please fill in or correct: ${[...new Set(names)].join(', ')}.`;
  throw new Rejection('unprocessable', text, 'incomplete');
}

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
