import { Injectable } from '@nestjs/common';
import { assessAcuity } from '../../cases/rules/acuity.js';
import { Vault } from '../../platform/crypto/vault.js';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import type { ReadFlag } from '../reading/read-flag.js';
import { FlagRecords } from '../record/flag-records.service.js';
import { Idempotency } from '../record/idempotency.js';

/** Flags of which nobody knows where they came from: kept for a human to look at. */
@Injectable()
export class ReviewLane {
  constructor(
    private readonly records: FlagRecords,
    private readonly idempotency: Idempotency,
    private readonly vault: Vault,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Nobody is contacted automatically. */
  async keep(read: ReadFlag, raw: string, resourcesShown: string[]): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const id = newId();
      const facts = {
        id,
        programId: null,
        clientId: null,
        idempotencyKey: null,
        fingerprint: this.idempotency.fingerprint(raw),
        caseId: null,
        participantId: null,
        subjectId: id,
        key: await this.vault.create(tx, { type: 'flag', id }),
        fields: read.fields,
        raw,
        assessment: assessAcuity(read.fields, { lowAcuityNeeds: [] }),
        warnings: read.warnings,
        resourcesShown,
        statusTokenHash: null,
        joinedAs: 'review' as const,
        receivedAt: tx.now,
      };
      await this.records.keep(tx, facts, 'flag.unverified');
    });
  }
}
