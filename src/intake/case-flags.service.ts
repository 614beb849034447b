import { Injectable } from '@nestjs/common';
import type { DataKey } from '../platform/crypto/data-key.js';
import { Vault } from '../platform/crypto/vault.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import type { FlagRow } from './flag.row.js';
import { FlagsStore } from './flags.store.js';
import { type FlagFields, readFlag } from './reading/read-flag.js';
import { shortenText } from '../platform/shorten-text.js';

const aroundCaseMs = 72 * 60 * 60_000;
const rawShownMax = 2_000;

/** One inbound signal, opened for whoever works the case. */
export interface CaseFlag extends Pick<
  FlagRow,
  | 'id'
  | 'caseId'
  | 'source'
  | 'acuity'
  | 'acuityReasons'
  | 'language'
  | 'country'
  | 'region'
  | 'warnings'
  | 'receivedAt'
  | 'raisedAt'
  | 'joinedAs'
  | 'mergedCount'
  | 'resourcesShown'
> {
  /** What was said; null when nothing was, or when it was erased. */
  text: string | null;
  raisedBy: FlagFields['raisedBy'] | null;
  need: FlagFields['need'] | null;
  /** As the sender put it, in whatever form. */
  danger: FlagFields['danger'] | null;
  screener: FlagFields['screener'] | null;
  /** The start of what arrived, where not all of it was understood. */
  raw: string | null;
}

/** What the people behind a case said, in their words. */
@Injectable()
export class CaseFlags {
  constructor(
    private readonly store: FlagsStore,
    private readonly vault: Vault,
  ) {}

  /**
   * Flags of the case, and of its participant in the last 72 hours, newest first; with the keys
   * under which what came with each is sealed. The caller audits the read in the same transaction.
   */
  async of(
    tx: Tx,
    current: { id: string; participantId: string | null },
  ): Promise<{ flags: CaseFlag[]; keys: Map<string, DataKey> }> {
    const since = new Date(tx.now.getTime() - aroundCaseMs);
    const rows = await this.store.aroundCase(tx.db, current.id, current.participantId, since);
    const subjects = [...new Set(rows.map(({ subjectId }) => subjectId))];
    const bySubject = await this.vault.openMany(tx.db, subjects);
    const keys = new Map<string, DataKey>();
    for (const { id, subjectId } of rows) {
      const key = bySubject.get(subjectId);
      if (key) keys.set(id, key);
    }
    return { flags: rows.map((row) => openFlag(row, keys.get(row.id))), keys };
  }
}

/** With what came, where not all of it was understood, or always. */
export function openFlag(
  row: FlagRow,
  key: DataKey | undefined,
  { withRaw } = { withRaw: row.warnings.length > 0 },
): CaseFlag {
  const open = (column: string, sealed: Buffer | null): string | null =>
    key && sealed ? key.open({ table: 'flags', row: row.id, column }, sealed) : null;
  const raisedBy = open('raised_by', row.raisedBy);
  const raw = open('raw', row.raw);
  return {
    id: row.id,
    caseId: row.caseId,
    source: row.source,
    acuity: row.acuity,
    acuityReasons: row.acuityReasons,
    language: row.language,
    country: row.country,
    region: row.region,
    warnings: row.warnings,
    receivedAt: row.receivedAt,
    raisedAt: row.raisedAt,
    joinedAs: row.joinedAs,
    mergedCount: row.mergedCount,
    resourcesShown: row.resourcesShown,
    text: open('text', row.text),
    raisedBy: raisedBy === null ? null : (JSON.parse(raisedBy) as FlagFields['raisedBy']),
    ...signalsIn(raw ?? ''),
    raw: withRaw && raw !== null ? shortenText(raw, rawShownMax) : null,
  };
}

/** What was said beside words; a body that is no JSON has none of it. */
function signalsIn(raw: string): Pick<CaseFlag, 'need' | 'danger' | 'screener'> {
  const { fields } = readFlag({ text: raw, damaged: false, contentType: null, truncated: false });
  const { need = null, danger = null, screener = null } = fields;
  return { need, danger, screener };
}
