import { Injectable } from '@nestjs/common';
import { AuditVerification } from '../audit/audit-verification.service.js';
import type { JsonObject } from '../audit/rules/canonical.js';
import { UnitOfWork } from '../platform/db/unit-of-work.js';
import type { Person } from '../staff/rules/permissions.js';
import { Staff } from '../staff/staff.service.js';
import { StaffCases } from './staff-cases.service.js';

export interface TimelineEvent {
  seq: number;
  /** RFC 3339 UTC. */
  at: string;
  action: string;
  actor: { type: string; id: string | null; name: string | null };
  /** Whom it is about, when that is a staff member. */
  staff: { id: string; name: string | null } | null;
  details: JsonObject;
}

/** Every second of a case, as the audit log holds it. */
@Injectable()
export class CaseTimeline {
  constructor(
    private readonly cases: StaffCases,
    private readonly log: AuditVerification,
    private readonly staff: Staff,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  of(person: Person, caseId: string): Promise<TimelineEvent[]> {
    return this.unitOfWork.run(async (tx) => {
      const row = await this.cases.read(tx, person, caseId, ['timeline']);
      const events = await this.log.timeline(tx.db, `case:${row.id}`);
      const staffIds = events.flatMap(({ actor, body }) => [
        ...(actor.type === 'staff' && actor.id ? [actor.id] : []),
        ...(typeof body['staffId'] === 'string' ? [body['staffId']] : []),
      ]);
      const names = await this.staff.names(staffIds, tx.db);
      const named = (id: string) => ({ id, name: names.get(id) ?? null });
      return events.map(({ seq, at, action, actor, body }) => ({
        seq,
        at: at.toISOString(),
        action,
        actor: { type: actor.type, id: actor.id ?? null, name: names.get(actor.id ?? '') ?? null },
        staff: typeof body['staffId'] === 'string' ? named(body['staffId']) : null,
        details: body,
      }));
    });
  }
}
