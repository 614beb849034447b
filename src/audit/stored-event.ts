import { chainHash } from './chain.js';
import type { StoredEvent } from './audit-events.store.js';
import { canonicalForm, type JsonObject } from './rules/canonical.js';
import { recordOf, type AuditEvent } from './rules/event.js';

/** The row of an event that follows `prevHash` in its stream. */
export function toStored(event: AuditEvent, prevHash: Buffer): StoredEvent {
  return {
    id: event.id,
    stream: event.stream,
    seq: event.seq,
    at: event.at,
    action: event.action,
    v: event.v,
    actorType: event.actor.type,
    actorId: event.actor.id ?? null,
    onBehalfOf: event.onBehalfOf ?? null,
    sessionId: event.sessionId ?? null,
    ipHash: event.ipHash === undefined ? null : Buffer.from(event.ipHash, 'base64url'),
    purpose: event.purpose ?? null,
    subjectRef: event.subjectRef ?? null,
    outcome: event.outcome,
    body: canonicalForm(event.body),
    prevHash,
    hash: chainHash(prevHash, recordOf(event)),
  };
}

/** Throws when the row's body is not JSON, which only a forged one is. */
export function fromStored(row: StoredEvent): AuditEvent {
  return {
    v: row.v,
    id: row.id,
    stream: row.stream,
    seq: row.seq,
    at: row.at,
    action: row.action,
    actor: { type: row.actorType, ...present({ id: row.actorId }) },
    ...present({
      onBehalfOf: row.onBehalfOf,
      sessionId: row.sessionId,
      ipHash: row.ipHash?.toString('base64url') ?? null,
      purpose: row.purpose,
      subjectRef: row.subjectRef,
    }),
    outcome: row.outcome,
    body: JSON.parse(row.body) as JsonObject,
  };
}

type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

function present<T extends object>(fields: T): Present<T> {
  const kept = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(kept) as Present<T>;
}
