import { Injectable } from '@nestjs/common';
import { Vault } from '../platform/crypto/vault.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { ParticipantsStore } from './participants.store.js';
import { planHeadings, planPlace } from './plans.apply.js';

export interface PlanSection {
  /** Null: the plan is not in sections, and this is all of it. */
  name: keyof typeof planHeadings | null;
  text: string;
}

/** A safety plan as its own participant reads it. */
@Injectable()
export class OwnPlan {
  constructor(
    private readonly store: ParticipantsStore,
    private readonly vault: Vault,
  ) {}

  /** In order; null without a plan. The caller audits the read in the same transaction. */
  async of(tx: Tx, participantId: string): Promise<PlanSection[] | null> {
    const plan = await this.store.latestPlanOf(tx.db, participantId);
    const key = plan && (await this.vault.open(tx.db, participantId));
    return key ? sectionsOf(key.open(planPlace(plan.id), plan.body)) : null;
  }
}

/** Every section begins with its heading, on a line of its own. */
function sectionsOf(text: string): PlanSection[] {
  const found = Object.entries(planHeadings).map(([name, heading]) => {
    const at = `\n${text}`.indexOf(`\n${heading}: `);
    return { name: name as keyof typeof planHeadings, at, from: at + heading.length + 2 };
  });
  if (found.some(({ at }) => at < 0)) return [{ name: null, text }];
  return found.map(({ name, from }, place) => {
    return { name, text: text.slice(from, found[place + 1]?.at).trim() };
  });
}
