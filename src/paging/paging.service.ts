import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { newNumericCode } from '../platform/crypto/tokens.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { AttemptsStore } from './attempts/attempts.store.js';
import type { PageRow } from './page.row.js';
import type { PageContent } from './rules/page-content.js';
import { PagesStore } from './pages.store.js';
import { type PurposeName, Purposes } from './purposes.js';

const codeDigits = 6;
const codeTriesMax = 20;

export interface PageRequest {
  purpose: PurposeName;
  subjectId: string;
  occasion: string;
  staffIds: readonly string[];
  /** 1 goes first. */
  priority: number;
  content: PageContent;
}

/** Pages to staff, whatever for: written in the caller's transaction, delivered after it. */
@Injectable()
export class Paging {
  constructor(
    private readonly store: PagesStore,
    private readonly attempts: AttemptsStore,
    private readonly purposes: Purposes,
    private readonly audit: Audit,
  ) {}

  /** Once per person and occasion: asked for again, it changes nothing. */
  async page(tx: Tx, request: PageRequest): Promise<void> {
    for (const staffId of request.staffIds) {
      const row = await this.insertWithFreshCode(tx, request, staffId);
      if (row === null) continue;
      tx.ring({ job: 'deliver-page', id: row.id, priority: row.priority });
      this.record(tx, row, 'page.queued');
    }
  }

  /**
   * Nothing of these pages is attempted from the commit on, and phones that ring are hung up. With
   * `staffId` only those of one person, who has answered.
   */
  async withdraw(tx: Tx, purpose: string, subjectId: string, staffId?: string): Promise<void> {
    const about = { purpose, subjectId, ...(staffId !== undefined && { staffId }) };
    const withdrawn = await this.store.withdraw(tx.db, about, tx.now);
    for (const id of await this.attempts.leaveBehind(tx.db, withdrawn, tx.now)) {
      tx.ring({ job: 'hang-up-call', id, priority: 1 });
    }
    for (const id of withdrawn) {
      this.audit.record(tx, {
        stream: this.purposes.get(purpose).stream(subjectId),
        action: 'page.withdrawn',
        actor: { type: 'system' },
        subjectRef: id,
      });
    }
  }

  /** Whether anybody paged on this occasion is still being tried. */
  hasLive(tx: Tx, page: Pick<PageRow, 'purpose' | 'subjectId' | 'occasion'>): Promise<boolean> {
    return this.store.hasLive(tx.db, page);
  }

  private async insertWithFreshCode(
    tx: Tx,
    request: PageRequest,
    staffId: string,
  ): Promise<PageRow | null> {
    const { purpose, subjectId, occasion, priority, content } = request;
    const key = { purpose, subjectId, occasion, staffId };
    for (let tries = 0; tries < codeTriesMax; tries += 1) {
      const row: PageRow = {
        id: newId(),
        ...key,
        state: 'queued',
        content,
        priority,
        code: newNumericCode(codeDigits),
        queuedAt: tx.now,
        dueAt: tx.now,
        leaseUntil: null,
        leaseEpoch: 0,
        tries: 0,
        settledAt: null,
        withdrawnAt: null,
      };
      if (await this.store.insert(tx.db, row)) return row;
      if (await this.store.exists(tx.db, key)) return null;
    }
    throw new Error(`No free reply code for staff ${staffId}.`);
  }

  private record(tx: Tx, row: PageRow, action: 'page.queued'): void {
    this.audit.record(tx, {
      stream: this.purposes.get(row.purpose).stream(row.subjectId),
      action,
      actor: { type: 'system' },
      subjectRef: row.id,
      body: { staffId: row.staffId, occasion: row.occasion, reason: row.content.reason },
    });
  }
}
