import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '../platform/db/unit-of-work.js';
import { AuditEventsStore, type EventFilter, type StoredEvent } from './audit-events.store.js';
import { lineOf } from './audit.export.js';
import { canonicalForm } from './rules/canonical.js';
import { recordOf, type AuditEvent, type AuditStream } from './rules/event.js';
import { fromStored } from './stored-event.js';
import { verifyChain, type Link, type Verification } from './verify.js';

export interface AuditQuery extends EventFilter {
  /** Default 100, at most 500. */
  limit?: number;
}

const batchEvents = 1000;
const searchDefault = 100;
const searchMax = 500;
const timelineMax = 2000;

/** Reads the log: verifies it, exports it, answers who did what. */
@Injectable()
export class AuditVerification {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: AuditEventsStore,
  ) {}

  async verifyDatabase(): Promise<Verification> {
    return verifyChain(this.links());
  }

  /** NDJSON, a line at a time, newlines included: what `verifyAuditFile` checks. */
  async *export(): AsyncIterable<string> {
    for await (const row of this.rows()) yield lineOf(row);
  }

  /** The newest matching events, newest first. */
  async search(db: Tx['db'], query: AuditQuery): Promise<AuditEvent[]> {
    const limit = Math.min(query.limit ?? searchDefault, searchMax);
    return (await this.store.newest(db, query, limit)).map(fromStored);
  }

  /** What happened in one stream, in its order; of a very long one the last 2000 events. */
  async timeline(db: Tx['db'], stream: AuditStream): Promise<AuditEvent[]> {
    const last = await this.store.lastOf(db, stream, timelineMax);
    return last.map(fromStored).toReversed();
  }

  private async *links(): AsyncIterable<Link> {
    for await (const row of this.rows()) yield linkOf(row);
  }

  private async *rows(): AsyncIterable<StoredEvent> {
    let after = { stream: '', seq: 0 };
    for (;;) {
      const batch = await this.store.page(this.unitOfWork.reader, after, batchEvents);
      yield* batch;
      const last = batch.at(-1);
      if (last === undefined || batch.length < batchEvents) return;
      after = last;
    }
  }
}

function linkOf(row: StoredEvent): Link {
  const { stream, seq, prevHash, hash } = row;
  return { stream, seq, prevHash, hash, record: recordIfCanonical(row) };
}

function recordIfCanonical(row: StoredEvent): string | null {
  try {
    const event = fromStored(row);
    return canonicalForm(event.body) === row.body ? recordOf(event) : null;
  } catch {
    return null; // A forged body that is no JSON: reported as not canonical.
  }
}
