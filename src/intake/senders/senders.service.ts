import { Injectable } from '@nestjs/common';
import { type CaseSummary, Cases } from '../../cases/cases.service.js';
import { type FoundParticipant, Participants } from '../../participants/participants.service.js';
import { hashToken } from '../../platform/crypto/tokens.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import type { Program } from '../../programs/programs.service.js';
import type { FlagRow } from '../flag.row.js';
import { FlagsStore } from '../flags.store.js';
import type { ReadFlag } from '../reading/read-flag.js';

/** Whose flag it is, as far as that is known. */
export interface Sender {
  participant: FoundParticipant | null;
  /** An earlier flag of the same person, by its key or status token, and the case it has now. */
  known: { flag: FlagRow; case: CaseSummary } | null;
  /** The earlier flag came with the same key and said something else. */
  conflicts: boolean;
}

interface Asking {
  program: Program;
  read: ReadFlag;
  participantId?: string;
}

/**
 * Who is the same person: by the program's own id for them, by their help link, by the same key, by
 * a status token.
 */
@Injectable()
export class Senders {
  constructor(
    private readonly store: FlagsStore,
    private readonly cases: Cases,
    private readonly participants: Participants,
  ) {}

  async of(tx: Tx, incoming: Asking, sameKey: FlagRow | null): Promise<Sender> {
    const { program, read } = incoming;
    const flag = sameKey ?? (await this.flagOfToken(tx, read.fields.statusToken, program));
    const participant = await this.participantOf(tx, incoming, flag);
    const conflicts = sameKey !== null;
    if (!flag?.caseId) return { participant, known: null, conflicts };
    const caseId = await this.store.latestCaseAfter(tx.db, flag.caseId);
    return {
      participant,
      known: { flag, case: await this.cases.summaryOf(tx, caseId) },
      conflicts,
    };
  }

  private async participantOf(
    tx: Tx,
    { program, read, participantId }: Asking,
    flag: FlagRow | null,
  ): Promise<FoundParticipant | null> {
    const { participant: stated } = read.fields;
    const externalId = stated?.externalId;
    if (externalId !== undefined) {
      return this.participants.findOrAdd(tx, program.id, { ...stated, externalId });
    }
    const id = participantId ?? flag?.participantId;
    return id ? this.participants.known(tx, id) : null;
  }

  private async flagOfToken(
    tx: Tx,
    token: string | undefined,
    program: Program,
  ): Promise<FlagRow | null> {
    if (token === undefined) return null;
    const flag = await this.store.byStatusToken(hashToken(token), tx.db);
    return flag?.programId === program.id ? flag : null;
  }
}

const joinable = new Set<CaseSummary['state']>(['open', 'paging', 'acknowledged', 'in_contact']);

/** Whether a flag of the same person belongs to this case and not to a new one. */
export const isJoinable = ({ state }: Pick<CaseSummary, 'state'>): boolean => joinable.has(state);

/** The same key speaks of the same case, also when only the second body says who it is. */
export function ownerOfCase({ participant, known, conflicts }: Sender): string | null {
  const isAnonymousCase = conflicts && known?.flag.participantId === null && isJoinable(known.case);
  return isAnonymousCase ? null : (participant?.id ?? null);
}
