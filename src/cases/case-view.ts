import { z } from 'zod';
import type { Documentation } from '../platform/http/reference/documented.js';
import { needs } from '../programs/rules/needs.js';
import type { CaseRow } from './case.row.js';
import { caseStates } from './rules/case.js';
import { acuities } from './rules/policy.js';

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
    needs: row.needs,
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

const moment = z.iso.datetime().nullable();
const staffId = z.uuid().nullable();

/** The same for the reference. */
const caseAnswer = z.object({
  id: z.uuid(),
  ref: z.string(),
  programId: z.uuid(),
  participantId: z.uuid().nullable(),
  followsCaseId: z.uuid().nullable(),
  state: z.enum(caseStates),
  acuity: z.enum(acuities),
  needs: z.array(z.enum(needs)).describe('what its flags are about, as far as they say'),
  step: z.int().nullable().describe('from 0; null before anybody was paged'),
  steps: z.int(),
  round: z.int(),
  dueAt: moment,
  owner: staffId,
  ownerSince: moment,
  leaseUntil: moment,
  handOverTo: staffId,
  openedAt: moment,
  acknowledgedAt: moment,
  inContactAt: moment,
  disposedAt: moment,
  closedAt: moment,
  marks: z.object({
    exhausted: moment,
    unreachable: moment,
    dispatched: moment,
    transferred: moment,
    withdrew: moment,
    synthetic: moment,
  }),
}) satisfies z.ZodType<CaseView>;

const refusals: Documentation['answers'] = {
  401: { description: 'No token, or none that is valid' },
  403: { description: 'The role of its holder does not allow this' },
  404: { description: 'There is no such case in the programs of its holder' },
};

export const caseListAnswers: Documentation['answers'] = {
  200: {
    description: 'Cases',
    schema: z.object({ cases: z.array(caseAnswer), nextPage: z.int().nullable() }),
  },
  ...refusals,
};

/** Of everything that is done to a case. */
export const actAnswers: Documentation['answers'] = {
  201: { description: 'Done: the case as it is now', schema: caseAnswer },
  ...refusals,
  409: { description: 'The case is not in a state for this; `code` is the word of the rules' },
};
