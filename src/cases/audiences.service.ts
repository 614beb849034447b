import { Injectable } from '@nestjs/common';
import { Answering } from '../oncall/answering.service.js';
import { type Choice, choosePeople } from '../oncall/rules/answering/choose-people.js';
import type { Choosing, Preference } from '../oncall/rules/answering/audience.js';
import type { Wishes } from '../oncall/rules/answering/wishes.js';
import { Circumstances } from '../participants/circumstances/circumstances.service.js';
import { regionCodes, type StatedPlace } from '../participants/rules/place.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { Programs } from '../programs/programs.service.js';
import type { CaseRow } from './case.row.js';
import { CasesStore } from './cases.store.js';

/** What a flag says of its sender while it is not written down yet. */
export interface SaidNow {
  language?: string;
  place?: StatedPlace;
}

/** What belongs to the very move for which people are chosen. */
interface Moving {
  passedBy?: string;
  said?: SaidNow;
}

/** Turns the audiences of a step into people, at the moment the step fires. */
@Injectable()
export class Audiences {
  constructor(
    private readonly answering: Answering,
    private readonly circumstances: Circumstances,
    private readonly programs: Programs,
    private readonly store: CasesStore,
  ) {}

  /** Reachable people in the policy's order: without decliners, kin and the participant's own. */
  async choose(tx: Tx, current: CaseRow, step: Choosing, moving: Moving): Promise<Choice> {
    const { programId, participantId, policy } = current;
    // Nobody can have declined a case that opens in this very transaction.
    const isOpening = current.openedAt.getTime() === tx.now.getTime();
    const [facts, wishes, declined] = await Promise.all([
      this.answering.facts(tx, { programId, participantId, ...policy, steps: [step] }),
      this.wishes(tx, current, step.prefer ?? [], moving.said),
      isOpening ? [] : this.store.declinedBy(tx.db, current.id),
    ]);
    const passed = moving.passedBy === undefined ? declined : [...declined, moving.passedBy];
    const asked = { needs: current.needs, wishes, declined: new Set(passed) };
    return choosePeople(step, facts, asked, tx.now);
  }

  /** Only what the step asks for is looked up. */
  private async wishes(
    tx: Tx,
    { id, programId, participantId }: CaseRow,
    prefer: readonly Preference[],
    said: SaidNow = {},
  ): Promise<Wishes> {
    if (prefer.every((one) => one === 'relationship')) return {};
    const [known, program] = await Promise.all([
      this.circumstances.of(tx, { participantId, caseId: id }),
      prefer.includes('licenseState') ? this.programs.byId(programId, tx) : null,
    ]);
    const { prefersGender, language, place } = { ...known, ...said };
    return { prefersGender, language, regions: program ? regionCodes(place, program) : [] };
  }
}
