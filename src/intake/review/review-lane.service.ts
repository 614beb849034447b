import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import { accessStream } from '../../audit/rules/event.js';
import { assessAcuity } from '../../cases/rules/acuity.js';
import { Vault } from '../../platform/crypto/vault.js';
import { type Tx, UnitOfWork } from '../../platform/db/unit-of-work.js';
import { Rejection } from '../../platform/http/rejection.js';
import { newId } from '../../platform/ids.js';
import type { Program } from '../../programs/programs.service.js';
import { type CaseFlag, openFlag } from '../case-flags.service.js';
import type { ReadFlag } from '../reading/read-flag.js';
import { FlagRecords } from '../record/flag-records.service.js';
import { Idempotency } from '../record/idempotency.js';
import { SenderLimits } from '../sender-limits.js';
import { ReviewStore } from './review.store.js';

/** A flag of which nobody knows where it came from. */
export interface UnverifiedFlag extends CaseFlag {
  /** The program it names; null: none that exists. */
  programId: string | null;
  reviewedAt: Date | null;
  reviewedBy: string | null;
}

/** Somebody of the staff, and the programs they supervise. */
interface Reviewer {
  staffId: string;
  programIds: readonly string[];
}

interface Unverified {
  read: ReadFlag;
  raw: string;
  resourcesShown: string[];
  /** That the body names. */
  program: Program | null;
  /** Counted against the limit, never stored. */
  address: string;
}

const addressesMax = 10_000;

/** Flags of unknown origin: kept for a human to look at, and nobody is contacted automatically. */
@Injectable()
export class ReviewLane {
  /** By address, the last flag that was kept from there. */
  private readonly newest = new Map<string, string>();

  constructor(
    private readonly store: ReviewStore,
    private readonly records: FlagRecords,
    private readonly idempotency: Idempotency,
    private readonly limits: SenderLimits,
    private readonly vault: Vault,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** False: so many came from there just now that this one was only counted. */
  async keep(flag: Unverified): Promise<boolean> {
    const last = this.newest.get(flag.address);
    if (!this.limits.takesUnverifiedFrom(flag.address) && last !== undefined) {
      await this.count(last);
      return false;
    }
    const id = newId();
    await this.unitOfWork.run((tx) => this.insert(tx, id, flag));
    if (this.newest.size >= addressesMax) this.newest.clear();
    this.newest.set(flag.address, id);
    return true;
  }

  /** Of these programs and of none, newest first, at most 100; recorded before it is shown. */
  list({ staffId, programIds }: Reviewer): Promise<UnverifiedFlag[]> {
    return this.unitOfWork.run(async (tx) => {
      const rows = await this.store.list(tx.db, programIds);
      const keys = await this.vault.openMany(
        tx.db,
        rows.map(({ subjectId }) => subjectId),
      );
      this.audit.record(tx, {
        stream: accessStream(staffId, tx.now),
        action: 'unverified_flags.listed',
        actor: { type: 'staff', id: staffId },
        purpose: 'HOPERAT',
        body: { programs: [...programIds], flags: rows.map(({ id }) => id) },
      });
      return rows.map((row) => {
        const { programId, reviewedAt, reviewedBy } = row;
        const flag = openFlag(row, keys.get(row.subjectId), { withRaw: true });
        return { ...flag, programId, reviewedAt, reviewedBy };
      });
    });
  }

  /** A named human has looked at it; 404 when it is not theirs to see, 409 the second time. */
  reviewed(
    { staffId, programIds }: Reviewer,
    id: string,
  ): Promise<{ id: string; reviewedAt: Date }> {
    return this.unitOfWork.run(async (tx) => {
      const row = await this.store.lock(tx.db, id, programIds);
      if (row === null) throw new Rejection('not_found', 'There is no such flag.');
      if (row.reviewedAt !== null) {
        throw new Rejection('conflict', 'Somebody has reviewed this flag.', 'already_reviewed');
      }
      await this.store.markReviewed(tx.db, id, { at: tx.now, staffId });
      this.audit.record(tx, {
        stream: `flag:${id}`,
        action: 'flag.reviewed',
        actor: { type: 'staff', id: staffId },
        subjectRef: id,
      });
      return { id, reviewedAt: tx.now };
    });
  }

  private async insert(tx: Tx, id: string, flag: Unverified): Promise<void> {
    const { read, raw, resourcesShown, program } = flag;
    const facts = {
      id,
      programId: program?.id ?? null,
      clientId: null,
      idempotencyKey: null,
      fingerprint: this.idempotency.fingerprint(raw),
      caseId: null,
      participantId: null,
      subjectId: id,
      key: this.vault.create(tx, { type: 'flag', id }),
      fields: read.fields,
      raw,
      assessment: assessAcuity(read.fields, { lowAcuityNeeds: [] }),
      warnings: read.warnings,
      resourcesShown,
      statusTokenHash: null,
      joinedAs: 'review' as const,
      receivedAt: tx.now,
    };
    this.records.keep(tx, facts, 'flag.unverified');
  }

  private async count(id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.store.countAnother(tx.db, id, tx.now);
      this.audit.record(tx, {
        stream: `flag:${id}`,
        action: 'flag.replayed',
        actor: { type: 'participant' },
        subjectRef: id,
        body: { how: 'counted' },
      });
    });
  }
}
