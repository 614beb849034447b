import { Body, Controller, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { actAnswers, type CaseView, caseView } from '../cases/case-view.js';
import { Allow } from '../platform/http/allow.js';
import { Documented } from '../platform/http/reference/documented.js';
import { Caller } from '../staff/caller.js';
import type { Person } from '../staff/rules/permissions.js';
import {
  CloseCase,
  DecideFollowUp,
  Dispose,
  LogContact,
  RecordDispatch,
  SettleDispatch,
} from './follow-up-requests.js';
import { FollowUp } from './follow-up.service.js';

const CaseId = z.uuid();

/** Each answers 201 with the case as it is now, or 409 with the rules' own word. */
@Controller('v1/cases/:id')
@Allow('clinician')
@Documented({ answers: actAnswers })
export class FollowUpController {
  constructor(private readonly followUp: FollowUp) {}

  @Post('contacts')
  async logContact(
    @Caller() person: Person,
    @Param('id', { schema: CaseId }) id: string,
    @Body({ schema: LogContact }) contact: LogContact,
  ): Promise<CaseView> {
    return caseView(await this.followUp.logContact(person, id, contact));
  }

  @Post('dispatches')
  async recordDispatch(
    @Caller() person: Person,
    @Param('id', { schema: CaseId }) id: string,
    @Body({ schema: RecordDispatch }) dispatch: RecordDispatch,
  ): Promise<CaseView> {
    return caseView(await this.followUp.recordDispatch(person, id, dispatch));
  }

  /** Until one comes, the owner and supervisors are asked every ten minutes. */
  @Post('dispatches/:dispatchId/confirmation')
  async settleDispatch(
    @Caller() person: Person,
    @Param('id', { schema: CaseId }) id: string,
    @Param('dispatchId', { schema: CaseId }) dispatchId: string,
    @Body({ schema: SettleDispatch }) settlement: SettleDispatch,
  ): Promise<CaseView> {
    return caseView(await this.followUp.settleDispatch(person, id, dispatchId, settlement));
  }

  @Post('disposition')
  async dispose(
    @Caller() person: Person,
    @Param('id', { schema: CaseId }) id: string,
    @Body({ schema: Dispose }) disposition: Dispose,
  ): Promise<CaseView> {
    return caseView(await this.followUp.dispose(person, id, disposition));
  }

  @Post('follow-up')
  async decideFollowUp(
    @Caller() person: Person,
    @Param('id', { schema: CaseId }) id: string,
    @Body({ schema: DecideFollowUp }) decision: DecideFollowUp,
  ): Promise<CaseView> {
    return caseView(await this.followUp.decideFollowUp(person, id, decision));
  }

  @Post('closure')
  async close(
    @Caller() person: Person,
    @Param('id', { schema: CaseId }) id: string,
    @Body({ schema: CloseCase.optional() }) _nothing: z.infer<typeof CloseCase> | undefined,
  ): Promise<CaseView> {
    return caseView(await this.followUp.close(person, id));
  }
}
