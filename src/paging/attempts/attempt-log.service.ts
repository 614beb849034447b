import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { AuditActor } from '../../audit/rules/event.js';
import type { JsonObject } from '../../audit/rules/canonical.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import type { PageAttemptRow } from '../page-attempt.row.js';
import type { PageRow } from '../page.row.js';
import { Purposes } from '../purposes.js';

type AttemptAction =
  'attempt.started' | 'attempt.settled' | 'attempt.received_receipt' | 'fence.rejected';

/** What happened to an attempt stands in the record of whatever its page is about. */
@Injectable()
export class AttemptLog {
  constructor(
    private readonly purposes: Purposes,
    private readonly audit: Audit,
  ) {}

  record(
    tx: Tx,
    page: PageRow,
    attempt: PageAttemptRow,
    action: AttemptAction,
    body: JsonObject = {},
    actor: AuditActor['type'] = 'system',
  ): void {
    this.audit.record(tx, {
      stream: this.purposes.get(page.purpose).stream(page.subjectId),
      action,
      actor: { type: actor },
      subjectRef: page.id,
      body: { attemptId: attempt.id, channel: attempt.channel, staffId: page.staffId, ...body },
    });
  }
}
