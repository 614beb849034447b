import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import { OwnPlan, type PlanSection } from '../../participants/own-plan.service.js';
import { hashToken } from '../../platform/crypto/tokens.js';
import { UnitOfWork } from '../../platform/db/unit-of-work.js';
import type { FlagRow } from '../flag.row.js';
import { FlagsStore } from '../flags.store.js';

/** Whoever raised a flag for somebody else holds its token, and no right to that person's plan. */
const forSomebodyElse: ReadonlySet<string> = new Set(['third_party', 'facilitator']);

/** The safety plan of whoever asked for help, for their own eyes. */
@Injectable()
export class OwnPlans {
  constructor(
    private readonly flags: FlagsStore,
    private readonly plans: OwnPlan,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** Null: no plan, or nobody who may see it. The read is recorded before anything is shown. */
  async of(statusToken: string): Promise<PlanSection[] | null> {
    const flag = await this.flags.byStatusToken(hashToken(statusToken));
    const participantId = flag && ownerOf(flag);
    if (!participantId) return null;
    return this.unitOfWork.run(async (tx) => {
      const plan = await this.plans.of(tx, participantId);
      if (plan === null) return null;
      this.audit.record(tx, {
        stream: `flag:${flag.id}`,
        action: 'participant.read',
        actor: { type: 'participant' },
        subjectRef: participantId,
        body: { fields: ['safety_plan'] },
      });
      return plan;
    });
  }
}

const ownerOf = ({ participantId, source, raisedBy }: FlagRow): string | null =>
  raisedBy !== null || forSomebodyElse.has(source) ? null : participantId;
