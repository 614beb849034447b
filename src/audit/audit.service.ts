import { Injectable } from '@nestjs/common';
import { BlindIndex } from '../platform/crypto/blind-index.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { newId } from '../platform/ids.js';
import { AuditEventsStore, type Head, type StoredEvent } from './audit-events.store.js';
import { genesisHash } from './chain.js';
import type { AuditAction } from './rules/actions.js';
import { canonicalForm, type JsonObject } from './rules/canonical.js';
import type {
  AuditActor,
  AuditEvent,
  AuditOutcome,
  AuditPurpose,
  AuditStream,
} from './rules/event.js';
import { toStored } from './stored-event.js';

/** What happened, by whom, to what. */
export interface AuditEntry {
  stream: AuditStream;
  action: AuditAction;
  actor: AuditActor;
  onBehalfOf?: string;
  sessionId?: string;
  /** Kept only as a keyed hash. */
  ip?: string;
  purpose?: AuditPurpose;
  /** An opaque reference such as `participant:<id>`: whose data this is about. */
  subjectRef?: string;
  /** Default `success`. */
  outcome?: AuditOutcome;
  /** Ids, codes and counts; no personal data, no fractions. */
  body?: JsonObject;
  /** The stream begins in this transaction, so nobody else can be appending to it. */
  newStream?: boolean;
}

interface Journal {
  pending: AuditEntry[];
  /** The heads this transaction holds the locks of, or has begun. */
  readonly heads: Map<string, Head>;
}

const recordVersion = 1;

/** Written in the transaction of what it records: without the event there is no change either. */
@Injectable()
export class Audit {
  private readonly journals = new WeakMap<Tx, Journal>();

  constructor(
    private readonly store: AuditEventsStore,
    private readonly blindIndex: BlindIndex,
  ) {}

  /** Chained and inserted as the transaction's last statements: two round trips, however many. */
  record(tx: Tx, entry: AuditEntry): void {
    canonicalForm(entry.body ?? {}); // An unfit body fails here, where it is made.
    const journal = this.journals.get(tx) ?? { pending: [], heads: new Map<string, Head>() };
    this.journals.set(tx, journal);
    journal.pending.push(entry);
    // The list is the key: what is recorded after a flush gets a flush of its own.
    tx.beforeCommit(journal.pending, () => this.flush(tx, journal));
  }

  private async flush(tx: Tx, journal: Journal): Promise<void> {
    const entries = journal.pending;
    journal.pending = [];
    await this.takeHeads(tx, journal.heads, entries);
    const rows = entries.map((entry) => this.append(tx.now, journal.heads, entry));
    this.store.insert(tx, rows);
  }

  private async takeHeads(
    tx: Tx,
    heads: Map<string, Head>,
    entries: readonly AuditEntry[],
  ): Promise<void> {
    for (const { stream, newStream } of entries) {
      if (newStream === true && !heads.has(stream)) heads.set(stream, beginningOf(stream));
    }
    const unknown = new Set(entries.map(({ stream }) => stream).filter((s) => !heads.has(s)));
    if (unknown.size === 0) return;
    const stored = await this.store.lockHeads(tx.db, [...unknown]);
    for (const stream of unknown) heads.set(stream, stored.get(stream) ?? beginningOf(stream));
  }

  private append(now: Date, heads: Map<string, Head>, entry: AuditEntry): StoredEvent {
    const head = heads.get(entry.stream) ?? beginningOf(entry.stream);
    const row = toStored(this.eventOf(entry, head.seq + 1, now), head.hash);
    heads.set(entry.stream, row);
    return row;
  }

  private eventOf(entry: AuditEntry, seq: number, now: Date): AuditEvent {
    const { ip, newStream: _, body, outcome, ...same } = entry;
    return {
      ...same,
      v: recordVersion,
      id: newId(),
      seq,
      at: now,
      ...(ip === undefined ? {} : { ipHash: this.blindIndex.of('ip', ip).toString('base64url') }),
      outcome: outcome ?? 'success',
      body: body ?? {},
    };
  }
}

const beginningOf = (stream: string): Head => ({ seq: 0, hash: genesisHash(stream) });
