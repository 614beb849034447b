import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import { accessStream } from '../../audit/rules/event.js';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import type { Person } from '../rules/permissions.js';

const windowMs = 60_000;
/** Of each the first denial is recorded; more of them at once are a flood. */
const addressesPerWindowMax = 30;

/** Where somebody was refused of whom nothing is known. */
export interface StrangersDenial {
  address: string;
  handler: string;
  why: 'no_token' | 'unknown_token' | 'no_session';
}

/** Where somebody was refused who signed in. */
interface PersonsDenial {
  handler: string;
  why: 'role' | 'foreign_form' | 'other_program' | 'unknown_program' | 'unknown_id';
  /** What they were refused, if it was one thing. */
  subjectRef?: string;
}

/**
 * Who was refused what. Of people who signed in every denial is recorded, of strangers one a minute
 * and address, so that no flood fills the log.
 */
@Injectable()
export class Denials {
  private readonly log = new Logger('denials');
  private readonly addresses = new Set<string>();
  private windowStart = Number.NEGATIVE_INFINITY;
  private total = 0;
  private recorded = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** By itself, and before the answer: what cannot be recorded is not answered with a refusal. */
  async record(person: Person, { handler, why, subjectRef }: PersonsDenial): Promise<void> {
    await this.unitOfWork.run((tx) => {
      this.audit.record(tx, {
        stream: accessStream(person.staffId, tx.now),
        action: 'access.denied',
        actor: { type: 'staff', id: person.staffId },
        outcome: 'denied',
        ...(subjectRef !== undefined && { subjectRef }),
        body: { handler, why },
      });
      return Promise.resolve();
    });
  }

  /** Never throws and is not waited for: a stranger must not be able to slow us down. */
  note(denial: StrangersDenial): void {
    this.total += 1;
    const now = performance.now();
    if (now - this.windowStart > windowMs) {
      this.windowStart = now;
      this.addresses.clear();
    }
    if (this.addresses.has(denial.address)) return;
    if (this.addresses.size >= addressesPerWindowMax) return;
    this.addresses.add(denial.address);
    const since = this.total - this.recorded;
    this.recorded = this.total;
    this.recordStranger(denial, since).catch((error: unknown) => {
      // Safe: nothing was shown to anybody, and the next minute records the next one.
      this.log.warn('denial.not_recorded', { error: String(error) });
    });
  }

  /** `since` counts those that were not recorded by themselves, and this one. */
  private async recordStranger(
    { address, handler, why }: StrangersDenial,
    since: number,
  ): Promise<void> {
    await this.unitOfWork.runInBackground((tx) => {
      this.audit.record(tx, {
        stream: 'system',
        action: 'access.denied',
        actor: { type: 'system', id: 'unknown' },
        ip: address,
        outcome: 'denied',
        body: { handler, why, since },
      });
      return Promise.resolve();
    });
  }
}
