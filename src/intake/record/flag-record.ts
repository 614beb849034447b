import type { DataKey } from '../../platform/crypto/data-key.js';
import type { Assessment } from '../../cases/rules/acuity.js';
import type { FlagRow } from '../flag.row.js';
import type { FlagFields } from '../reading/read-flag.js';

export interface FlagFacts {
  id: string;
  programId: string | null;
  clientId: string | null;
  idempotencyKey: string | null;
  fingerprint: Buffer;
  caseId: string | null;
  participantId: string | null;
  subjectId: string;
  key: DataKey;
  fields: FlagFields;
  raw: string;
  assessment: Assessment;
  warnings: string[];
  resourcesShown: string[];
  statusTokenHash: Buffer | null;
  joinedAs: FlagRow['joinedAs'];
  receivedAt: Date;
}

/** The row of a flag, with everything a person said sealed. */
export function flagRow(facts: FlagFacts): FlagRow {
  const { key, fields, raw, assessment, ...kept } = facts;
  const seal = (column: string, text: string): Buffer =>
    key.seal({ table: 'flags', row: facts.id, column }, text);
  return {
    ...kept,
    source: fields.source,
    language: fields.participant?.language ?? null,
    country: fields.location?.country ?? null,
    region: fields.location?.region ?? null,
    acuity: assessment.acuity,
    acuityReasons: assessment.reasons,
    raw: seal('raw', raw),
    text: fields.text === undefined ? null : seal('text', fields.text),
    raisedBy: fields.raisedBy ? seal('raised_by', JSON.stringify(fields.raisedBy)) : null,
    raisedAt: fields.raisedAt ?? null,
    mergedCount: 0,
    lastMergedAt: null,
    reviewedAt: null,
    reviewedBy: null,
  };
}
