import { Controller, Get, Header, Query } from '@nestjs/common';
import { z } from 'zod';
import { ProgramCoverage } from '../../../oncall/coverage/program-coverage.service.js';
import { UnitOfWork } from '../../../platform/db/unit-of-work.js';
import { Allow } from '../../../platform/http/allow.js';
import { Board } from '../../../reporting/board.service.js';
import { Caller } from '../../../staff/caller.js';
import type { Person } from '../../../staff/rules/permissions.js';
import { CurrentSession } from '../../../staff/sessions/current-session.js';
import type { Session } from '../../../staff/sessions/sessions.service.js';
import { Staff } from '../../../staff/staff.service.js';
import { htmlType, renderPage } from '../../layout/document.js';
import { Places } from '../places.service.js';
import { CoveragePage } from './coverage.page.js';

const CoverageQuery = z.object({ program: z.string().max(40).optional() });
type CoverageQuery = z.infer<typeof CoverageQuery>;

const shownMs = 30 * 86_400_000;

/** Where nobody, or one person only, stands behind a program in the next 30 days. */
@Controller('on-call/coverage')
@Allow('staff')
export class CoveragePageController {
  constructor(
    private readonly places: Places,
    private readonly coverage: ProgramCoverage,
    private readonly board: Board,
    private readonly staff: Staff,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @Header('Content-Type', htmlType)
  async show(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Query({ schema: CoverageQuery }) { program }: CoverageQuery,
  ): Promise<string> {
    const handler = 'CoveragePageController.show';
    const place = await this.places.of(person, session, { program, handler });
    const { id: programId } = place.program;
    const alarms = await this.board.alarms([programId]);
    return this.unitOfWork.run(async (tx) => {
      const span = { from: tx.now.getTime(), to: tx.now.getTime() + shownMs };
      const found = await this.coverage.of(tx, programId, span);
      const acceptors = found.coverage.schedules.flatMap(({ gaps }) =>
        gaps.flatMap(({ accepted }) => accepted?.by ?? []),
      );
      const names = await this.staff.names(acceptors, tx.db);
      return renderPage(<CoveragePage {...{ place, now: tx.now, found, names, alarms }} />);
    });
  }
}
