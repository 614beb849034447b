import type { CaseRow } from './case.row.js';

const at = (moment: Date | null): string | null => moment?.toISOString() ?? null;

export type CaseView = ReturnType<typeof caseView>;

/** A case as the API answers it; times RFC 3339 UTC. */
export function caseView(row: CaseRow) {
  return {
    id: row.id,
    ref: row.ref,
    programId: row.programId,
    participantId: row.participantId,
    followsCaseId: row.followsCaseId,
    state: row.state,
    acuity: row.acuity,
    step: row.step,
    steps: row.policy.acuities[row.acuity].steps.length,
    round: row.round,
    dueAt: at(row.dueAt),
    owner: row.ownerId,
    ownerSince: at(row.ownerSince),
    leaseUntil: at(row.leaseUntil),
    handOverTo: row.handOverTo,
    openedAt: at(row.openedAt),
    acknowledgedAt: at(row.acknowledgedAt),
    inContactAt: at(row.inContactAt),
    disposedAt: at(row.disposedAt),
    closedAt: at(row.closedAt),
    marks: {
      exhausted: at(row.exhaustedAt),
      unreachable: at(row.unreachableAt),
      dispatched: at(row.dispatchedAt),
      transferred: at(row.transferredAt),
      withdrew: at(row.withdrewAt),
      synthetic: at(row.syntheticAt),
    },
  };
}
