import { Controller, Get, Header, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ReviewLane } from '../../intake/review/review-lane.service.js';
import { Allow } from '../../platform/http/allow.js';
import { Programs } from '../../programs/programs.service.js';
import { Caller } from '../../staff/caller.js';
import { Rights } from '../../staff/rights.service.js';
import type { Person } from '../../staff/rules/permissions.js';
import { CurrentSession } from '../../staff/sessions/current-session.js';
import type { Session } from '../../staff/sessions/sessions.service.js';
import { Staff } from '../../staff/staff.service.js';
import { seeOther } from '../help/help.controller.js';
import { htmlType, renderPage } from '../layout/document.js';
import { Viewers } from '../layout/viewers.js';
import { UnverifiedPage } from './unverified.page.js';

const FlagId = z.uuid();

@Controller('supervise/unverified')
@Allow('supervisor')
export class UnverifiedController {
  constructor(
    private readonly lane: ReviewLane,
    private readonly rights: Rights,
    private readonly staff: Staff,
    private readonly programs: Programs,
    private readonly viewers: Viewers,
  ) {}

  @Get()
  @Header('Content-Type', htmlType)
  async show(@Caller() person: Person, @CurrentSession() session: Session | null): Promise<string> {
    const reviewer = this.reviewer(person);
    const flags = await this.lane.list(reviewer);
    const [own] = reviewer.programIds;
    const program = own === undefined ? null : await this.programs.byId(own);
    const props = {
      viewer: await this.viewers.of(person, session),
      flags,
      names: await this.staff.names(flags.flatMap(({ reviewedBy }) => reviewedBy ?? [])),
      zone: program?.zone ?? 'UTC',
    };
    return renderPage(<UnverifiedPage {...props} />);
  }

  @Post(':id')
  @Header('Content-Type', htmlType)
  async review(
    @Caller() person: Person,
    @Param('id', { schema: FlagId }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.lane.reviewed(this.reviewer(person), id);
    return seeOther(reply, '/supervise/unverified');
  }

  private reviewer(person: Person) {
    const programIds = this.rights.programsOf(person, 'supervisor');
    return { staffId: person.staffId, programIds };
  }
}
