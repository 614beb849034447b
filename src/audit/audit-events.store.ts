import { Injectable } from '@nestjs/common';
import { statement } from '../platform/db/statements.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import type { AuditAction } from './rules/actions.js';
import type { AuditActor, AuditOutcome, AuditPurpose } from './rules/event.js';

/** A row of `audit.audit_events`. */
export interface StoredEvent {
  id: string;
  stream: string;
  seq: number;
  at: Date;
  action: AuditAction;
  v: number;
  actorType: AuditActor['type'];
  actorId: string | null;
  onBehalfOf: string | null;
  sessionId: string | null;
  ipHash: Buffer | null;
  purpose: AuditPurpose | null;
  subjectRef: string | null;
  outcome: AuditOutcome;
  /** Canonical JSON. */
  body: string;
  prevHash: Buffer;
  hash: Buffer;
}

/** The last event of a stream. */
export interface Head {
  seq: number;
  hash: Buffer;
}

export interface EventFilter {
  stream?: string;
  action?: string;
  subjectRef?: string;
  from?: Date;
  to?: Date;
}

@Injectable()
export class AuditEventsStore {
  /** Until the transaction ends nobody else can append to these streams. */
  async lockHeads(db: Tx['db'], streams: readonly string[]): Promise<Map<string, Head>> {
    const rows = await db.query<(Head & { stream: string })[]>(
      `select head_stream as stream, head_seq::float8 as seq, head_hash as hash
       from audit.lock_heads($1)`,
      [streams],
    );
    return new Map(rows.map(({ stream, seq, hash }) => [stream, { seq, hash }]));
  }

  insert(tx: Tx, events: readonly StoredEvent[]): void {
    tx.write(
      statement(
        `insert into audit.audit_events (${insertColumns})
         select ${insertColumns} from json_to_recordset($1::json) as event (
           id uuid, stream text, seq bigint, at timestamptz, action text, v smallint,
           actor_type text, actor_id text, on_behalf_of text, session_id text, ip_hash bytea,
           purpose text, subject_ref text, outcome text, body text, prev_hash bytea, hash bytea)`,
        [JSON.stringify(events.map(columnsOf))],
      ),
    );
  }

  /** In chain order, from behind `after` on. */
  async page(
    db: Tx['db'],
    after: { stream: string; seq: number },
    limit: number,
  ): Promise<StoredEvent[]> {
    return db.query<StoredEvent[]>(
      `select ${selected} from audit.audit_events
       where (stream, seq) > ($1, $2) order by stream, seq limit $3`,
      [after.stream, after.seq, limit],
    );
  }

  /** The last of one stream, last first: in the order of the chain, which times need not be in. */
  async lastOf(db: Tx['db'], stream: string, limit: number): Promise<StoredEvent[]> {
    return db.query<StoredEvent[]>(
      `select ${selected} from audit.audit_events where stream = $1 order by seq desc limit $2`,
      [stream, limit],
    );
  }

  /** The newest, newest first. */
  async newest(db: Tx['db'], filter: EventFilter, limit: number): Promise<StoredEvent[]> {
    return db.query<StoredEvent[]>(
      `select ${selected} from audit.audit_events
       where ($1::text is null or stream = $1) and ($2::text is null or action = $2)
         and ($3::text is null or subject_ref = $3)
         and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)
       order by at desc, stream, seq desc limit $6`,
      [
        filter.stream ?? null,
        filter.action ?? null,
        filter.subjectRef ?? null,
        filter.from ?? null,
        filter.to ?? null,
        limit,
      ],
    );
  }
}

const insertColumns = `id, stream, seq, at, action, v, actor_type, actor_id, on_behalf_of,
  session_id, ip_hash, purpose, subject_ref, outcome, body, prev_hash, hash`;

const selected = `id, stream, seq::float8 as seq, at, action, v, actor_type as "actorType",
  actor_id as "actorId", on_behalf_of as "onBehalfOf", session_id as "sessionId",
  ip_hash as "ipHash", purpose, subject_ref as "subjectRef", outcome, body,
  prev_hash as "prevHash", hash`;

function columnsOf(event: StoredEvent): Record<string, string | number | Date | null> {
  return {
    id: event.id,
    stream: event.stream,
    seq: event.seq,
    at: event.at,
    action: event.action,
    v: event.v,
    actor_type: event.actorType,
    actor_id: event.actorId,
    on_behalf_of: event.onBehalfOf,
    session_id: event.sessionId,
    ip_hash: event.ipHash === null ? null : hex(event.ipHash),
    purpose: event.purpose,
    subject_ref: event.subjectRef,
    outcome: event.outcome,
    body: event.body,
    prev_hash: hex(event.prevHash),
    hash: hex(event.hash),
  };
}

const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;
