import type { AuditAction } from './actions.js';
import { canonicalForm, type JsonObject } from './canonical.js';

/** Events of one stream form one hash chain. */
export type AuditStream =
  `flag:${string}` | `case:${string}` | `access:${string}:${string}` | 'config' | 'system';

export interface AuditActor {
  type: 'participant' | 'staff' | 'system' | 'integration' | 'provider' | 'operator';
  id?: string;
}

/** HL7 PurposeOfUse: treatment, emergency, break the glass, operations, administration. */
export type AuditPurpose = 'TREAT' | 'ETREAT' | 'BTG' | 'HOPERAT' | 'HSYSADMIN';

export type AuditOutcome = 'success' | 'denied' | 'failed';

/** One event without its place in the chain's hashes: what an auditor reads. */
export interface AuditEvent {
  v: number;
  id: string;
  stream: string;
  /** 1, 2, 3 … within the stream, without gaps. */
  seq: number;
  at: Date;
  action: AuditAction;
  actor: AuditActor;
  onBehalfOf?: string;
  sessionId?: string;
  /** Base64url. */
  ipHash?: string;
  purpose?: AuditPurpose;
  subjectRef?: string;
  outcome: AuditOutcome;
  body: JsonObject;
}

/**
 * What is hashed: every field of the event in canonical form, absent ones left out, the time as
 * RFC 3339 UTC text with six fraction digits.
 */
export function recordOf({ at, actor, ...rest }: AuditEvent): string {
  return canonicalForm({
    ...rest,
    actor: { ...actor },
    at: at.toISOString().replace('Z', '000Z'),
  });
}

/** Who read whose data: one stream per reader and UTC day. */
export function accessStream(userId: string, now: Date): AuditStream {
  return `access:${userId}:${now.toISOString().slice(0, 10)}`;
}
