import { Controller, Get, Header, Query } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../../platform/http/allow.js';
import { Board, type BoardView } from '../../reporting/board.service.js';
import { Programs } from '../../programs/programs.service.js';
import { ResponseTimes } from '../../reporting/response-times.service.js';
import { Caller } from '../../staff/caller.js';
import type { Person } from '../../staff/rules/permissions.js';
import { Rights } from '../../staff/rights.service.js';
import { AllowIdle, CurrentSession } from '../../staff/sessions/current-session.js';
import type { Session } from '../../staff/sessions/sessions.service.js';
import { Staff } from '../../staff/staff.service.js';
import { htmlType, renderPage } from '../layout/document.js';
import { Viewers } from '../layout/viewers.js';
import { type WorkloadReport, WorkloadReports } from './workload-report.service.js';
import { OpenCasesPage, SupervisePage } from './supervise.page.js';

const BoardQuery = z.object({ still: z.unknown().optional() });
type BoardQuery = z.infer<typeof BoardQuery>;

/** Boards reload by themselves and show no participant: they stay up while a session lies idle. */
@Controller()
export class SuperviseController {
  constructor(
    private readonly board: Board,
    private readonly times: ResponseTimes,
    private readonly workloads: WorkloadReports,
    private readonly programs: Programs,
    private readonly staff: Staff,
    private readonly rights: Rights,
    private readonly viewers: Viewers,
  ) {}

  @Get('supervise')
  @Allow('supervisor')
  @AllowIdle()
  @Header('Content-Type', htmlType)
  async supervise(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Query({ schema: BoardQuery }) { still }: BoardQuery,
  ): Promise<string> {
    const programIds = this.rights.programsOf(person, 'supervisor');
    const view = await this.board.view(programIds, person.staffId);
    const props = {
      viewer: await this.viewers.of(person, session),
      view,
      names: await this.owners(view),
      alarms: await this.board.alarms(programIds),
      report: await this.times.report({ programIds }),
      workloads: await this.workloadsOf(programIds),
      isLive: still === undefined,
    };
    return renderPage(<SupervisePage {...props} />);
  }

  @Get('cases')
  @Allow('clinician')
  @AllowIdle()
  @Header('Content-Type', htmlType)
  async openCases(
    @Caller() person: Person,
    @CurrentSession() session: Session | null,
    @Query({ schema: BoardQuery }) { still }: BoardQuery,
  ): Promise<string> {
    const view = await this.board.view(this.rights.programsOf(person, 'clinician'), person.staffId);
    const viewer = await this.viewers.of(person, session);
    const names = await this.owners(view);
    const props = { viewer, view, names, isLive: still === undefined };
    return renderPage(<OpenCasesPage {...props} />);
  }

  private async workloadsOf(programIds: readonly string[]): Promise<WorkloadReport[]> {
    const programs = await Promise.all(programIds.map((id) => this.programs.byId(id)));
    const known = programs.filter((program) => program !== null);
    return Promise.all(known.map((program) => this.workloads.of(program, {})));
  }

  private owners({ cases }: BoardView): Promise<Map<string, string>> {
    return this.staff.names(cases.flatMap(({ ownerId }) => (ownerId === null ? [] : [ownerId])));
  }
}
