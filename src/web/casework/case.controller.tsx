import { Body, Controller, Get, Header, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../platform/http/allow.js';
import { Rejection } from '../../platform/http/rejection.js';
import { Caller } from '../../staff/caller.js';
import type { Person } from '../../staff/rules/permissions.js';
import { AllowIdle, CurrentSession } from '../../staff/sessions/current-session.js';
import type { Session } from '../../staff/sessions/sessions.service.js';
import { seeOther } from '../help/help.controller.js';
import { htmlType, renderPage } from '../layout/document.js';
import { FormBody, type FormFields } from '../layout/form-body.js';
import { Viewers } from '../layout/viewers.js';
import type { Attempt } from './action-form.js';
import { type ActionName, actionNames, CaseActions } from './case-actions.js';
import { CaseFiles } from './case-file.service.js';
import { CasePage } from './case.page.js';

const CaseId = z.uuid();
const Action = z.enum(actionNames);
const PageQuery = z.object({ done: Action.optional().catch(undefined) });
/** Whoever works a case sees it whole and does everything here. */
@Controller('cases')
@Allow('clinician')
export class CaseController {
  constructor(
    private readonly files: CaseFiles,
    private readonly actions: CaseActions,
    private readonly viewers: Viewers,
  ) {}

  @Get(':id')
  @Header('Content-Type', htmlType)
  show(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Param('id', { schema: CaseId }) id: string,
    @Query({ schema: PageQuery }) { done }: z.infer<typeof PageQuery>,
  ): Promise<string> {
    return this.page(person, session, id, { done: done ?? null, attempt: null });
  }

  /** Taking a case never needs a fresh sign-in. */
  @Post(':id/take')
  @AllowIdle()
  @Header('Content-Type', htmlType)
  take(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Param('id', { schema: CaseId }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.act(reply, person, session, id, 'take', {});
  }

  /** Whoever typed a note for longer than a session may lie idle does not lose it. */
  @Post(':id/contacts')
  @AllowIdle()
  @Header('Content-Type', htmlType)
  logContact(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Param('id', { schema: CaseId }) id: string,
    @Body({ schema: FormBody }) fields: FormFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.act(reply, person, session, id, 'contacts', fields);
  }

  @Post(':id/:action')
  @Header('Content-Type', htmlType)
  async other(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Param('id', { schema: CaseId }) id: string,
    @Param('action', { schema: z.string() }) stated: string,
    @Body({ schema: FormBody }) fields: FormFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const action = Action.safeParse(stated).data;
    if (action === undefined) throw new Rejection('not_found', 'There is nothing at this address.');
    return this.act(reply, person, session, id, action, fields);
  }

  /** A refusal comes back on the page itself, with everything that was typed. */
  private async act(
    reply: FastifyReply,
    person: Person,
    session: Session | null,
    caseId: string,
    action: ActionName,
    fields: FormFields,
  ): Promise<string> {
    try {
      await this.actions.do(action, person, caseId, fields);
    } catch (error) {
      // Safe: what was refused has changed nothing, and anything else goes on as it came.
      if (!(error instanceof Rejection) || error.status === 404 || session?.idle) throw error;
      reply.status(error.status);
      const attempt = { action, message: error.detail, fields };
      return this.page(person, session, caseId, { done: null, attempt });
    }
    return seeOther(reply, `/cases/${caseId}?done=${action}`);
  }

  private async page(
    person: Person,
    session: Session | null,
    caseId: string,
    { done, attempt }: { done: ActionName | null; attempt: Attempt | null },
  ): Promise<string> {
    const file = await this.files.open(person, caseId);
    const events = await this.files.timeline(person, caseId);
    const viewer = await this.viewers.of(person, session);
    const context = { caseId, csrf: viewer.csrf, attempt };
    const props = { viewer, staffId: person.staffId, file, events, context, done };
    return renderPage(<CasePage {...props} />);
  }
}
