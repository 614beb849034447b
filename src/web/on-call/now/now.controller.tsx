import { Controller, Get, Header, Query } from '@nestjs/common';
import { z } from 'zod';
import { OnCallSteps } from '../../../oncall/on-call-steps.service.js';
import { UnitOfWork } from '../../../platform/db/unit-of-work.js';
import { Allow } from '../../../platform/http/allow.js';
import { Caller } from '../../../staff/caller.js';
import type { Person } from '../../../staff/rules/permissions.js';
import { CurrentSession } from '../../../staff/sessions/current-session.js';
import type { Session } from '../../../staff/sessions/sessions.service.js';
import { htmlType, renderPage } from '../../layout/document.js';
import { Places } from '../places.service.js';
import { Days, daysShown } from './days.service.js';
import { NowPage } from './now.page.js';

const NowQuery = z.object({
  program: z.string().max(40).optional(),
  acuity: z.enum(['EMERGENT', 'URGENT', 'PRIORITY', 'ROUTINE']).catch('URGENT'),
});
type NowQuery = z.infer<typeof NowQuery>;

const aheadMs = daysShown * 86_400_000;

/** Who is on call, for everybody who works in the program. */
@Controller('on-call')
@Allow('staff')
export class NowController {
  constructor(
    private readonly places: Places,
    private readonly steps: OnCallSteps,
    private readonly days: Days,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @Header('Content-Type', htmlType)
  async show(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Query({ schema: NowQuery }) { program: key, acuity }: NowQuery,
  ): Promise<string> {
    const handler = 'NowController.show';
    const place = await this.places.of(person, session, { program: key, handler });
    return this.unitOfWork.run(async (tx) => {
      const { program } = place;
      const asked = { program, at: tx.now, acuity, need: null, aheadMs };
      const steps = await this.steps.of(tx, asked);
      const days = await this.days.of(tx, program.id);
      return renderPage(<NowPage {...{ place, now: tx.now, acuity, steps, days }} />);
    });
  }
}
