import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../platform/http/allow.js';
import { Documented } from '../platform/http/reference/documented.js';
import { Rejection } from '../platform/http/rejection.js';
import { Caller } from '../staff/caller.js';
import type { Person } from '../staff/rules/permissions.js';
import { Staff } from '../staff/staff.service.js';
import { actAnswers, caseListAnswers, type CaseView, caseView } from './case-view.js';
import { CaseTimeline } from './case-timeline.service.js';
import { caseStates } from './rules/case.js';
import { acuities } from './rules/policy.js';
import { CaseList } from './casework/case-list.service.js';
import { StaffCases } from './staff-cases.service.js';

const CaseId = z.uuid();
const CasesAsked = z.object({
  state: z.enum(caseStates).optional(),
  program: z.string().max(40).optional(),
  page: z.coerce.number().int().min(1).max(1_000).default(1),
});
const words = z.string().trim().min(1).max(4_000);
const Decline = z.strictObject({ reason: words });
const AcuityChange = z.strictObject({ acuity: z.enum(acuities), reason: words });
const HandOver = z.strictObject({ to: z.uuid(), reason: words.optional() });
const Escalation = z.strictObject({
  /** As last seen, from 0; null before anybody was paged. */
  expectedStep: z.number().int().min(0).nullable(),
  reason: words.optional(),
});

const actor = z.object({
  type: z.string(),
  id: z.string().nullable(),
  name: z.string().nullable(),
});
const TimelineAnswer = z.object({
  events: z.array(z.looseObject({ seq: z.int(), at: z.iso.datetime(), action: z.string(), actor })),
});

@Controller('v1/cases')
@Allow('clinician')
@Documented({ answers: actAnswers })
export class CasesController {
  constructor(
    private readonly cases: StaffCases,
    private readonly caseList: CaseList,
    private readonly staff: Staff,
    private readonly timelines: CaseTimeline,
  ) {}

  @Get()
  @Documented({ answers: caseListAnswers })
  async list(
    @Caller() person: Person,
    @Query({ schema: CasesAsked }) query: z.infer<typeof CasesAsked>,
  ): Promise<{ cases: CaseView[]; nextPage: number | null }> {
    const { state = null, page } = query;
    const asked = { state, program: query.program || null, page };
    const { rows, nextPage } = await this.caseList.of(person, asked);
    return { cases: rows.map(caseView), nextPage };
  }

  /** What happened, by whom and when, from the audit log; whoever did it is named. */
  @Get(':id/timeline')
  @Documented({ answers: { 200: { description: 'In order', schema: TimelineAnswer } } })
  async timeline(@Caller() person: Person, @Param('id', { schema: CaseId }) id: string) {
    return { events: await this.timelines.of(person, id) };
  }

  /** 201 when the caller now owns the case; 409 names who does. */
  @Post(':id/acknowledgements')
  async acknowledge(
    @Caller() person: Person,
    @Param('id', { schema: CaseId }) id: string,
  ): Promise<CaseView> {
    const { result, current } = await this.cases.acknowledge(person, id);
    if (result.outcome === 'taken' || result.outcome === 'already_yours') return caseView(current);
    if (result.outcome === 'over') {
      throw new Rejection('conflict', 'This case is no longer waiting for anybody.', 'not_open');
    }
    const { ownerId, ownerSince } = current;
    const names = await this.staff.names(ownerId ? [ownerId] : []);
    throw new Rejection('conflict', 'Somebody else has this case.', 'already_acknowledged', {
      owner: ownerId && { id: ownerId, name: names.get(ownerId) ?? null },
      acknowledgedAt: ownerSince?.toISOString() ?? null,
    });
  }

  @Post(':id/declines')
  async decline(
    @Caller() person: Person,
    @Param('id', { schema: CaseId }) id: string,
    @Body({ schema: Decline }) { reason }: z.infer<typeof Decline>,
  ): Promise<CaseView> {
    return caseView(await this.cases.decline(person, id, reason));
  }

  @Post(':id/acuity')
  async changeAcuity(
    @Caller() person: Person,
    @Param('id', { schema: CaseId }) id: string,
    @Body({ schema: AcuityChange }) change: z.infer<typeof AcuityChange>,
  ): Promise<CaseView> {
    return caseView(await this.cases.changeAcuity(person, id, change));
  }

  @Post(':id/hand-overs')
  async handOver(
    @Caller() person: Person,
    @Param('id', { schema: CaseId }) id: string,
    @Body({ schema: HandOver }) { to, reason }: z.infer<typeof HandOver>,
  ): Promise<CaseView> {
    return caseView(await this.cases.handOver(person, id, to, reason));
  }

  /** 409 `step_moved` when the case is at another step than the caller saw. */
  @Post(':id/escalations')
  async escalate(
    @Caller() person: Person,
    @Param('id', { schema: CaseId }) id: string,
    @Body({ schema: Escalation }) escalation: z.infer<typeof Escalation>,
  ): Promise<CaseView> {
    return caseView(await this.cases.escalate(person, id, escalation));
  }
}
