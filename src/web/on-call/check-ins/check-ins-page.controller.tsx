import { Controller, Get, Header, Query } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../../platform/db/unit-of-work.js';
import { Allow } from '../../../platform/http/allow.js';
import { CheckInViews } from '../../../readiness/check-ins/check-in-views.service.js';
import { Caller } from '../../../staff/caller.js';
import { Rights } from '../../../staff/rights.service.js';
import type { Person } from '../../../staff/rules/permissions.js';
import { CurrentSession } from '../../../staff/sessions/current-session.js';
import type { Session } from '../../../staff/sessions/sessions.service.js';
import { htmlType, renderPage } from '../../layout/document.js';
import { Places } from '../places.service.js';
import { CheckInsPage } from './check-ins.page.js';

const CheckInsQuery = z.object({ program: z.string().max(40).optional() });
type CheckInsQuery = z.infer<typeof CheckInsQuery>;

@Controller('on-call/check-ins')
@Allow('supervisor')
export class CheckInsPageController {
  constructor(
    private readonly places: Places,
    private readonly checkIns: CheckInViews,
    private readonly rights: Rights,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @Header('Content-Type', htmlType)
  async show(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Query({ schema: CheckInsQuery }) { program }: CheckInsQuery,
  ): Promise<string> {
    const handler = 'CheckInsPageController.show';
    const place = await this.places.of(person, session, { program, handler });
    const { id: programId } = place.program;
    const within = { programId, permissions: ['supervisor'], handler, what: 'program' } as const;
    await this.rights.within(person, within);
    return this.unitOfWork.run(async (tx) => {
      const checkIns = await this.checkIns.ofProgram(tx, programId);
      return renderPage(<CheckInsPage place={place} now={tx.now} checkIns={checkIns} />);
    });
  }
}
