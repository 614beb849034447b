import type { Board, BoardView } from '../../reporting/board.service.js';
import type { ResponseTimesReport } from '../../reporting/response-times.service.js';
import { StaffPage, type Viewer } from '../layout/staff-page.js';
import { OpenAlarms } from './alarms.view.js';
import { BoardTable } from './board.view.js';
import { ResponseTimesView } from './response-times.view.js';
import type { WorkloadReport } from './workload-report.service.js';
import { WorkloadView } from './workload.view.js';

const refreshSeconds = 15;

interface SupervisePageProps {
  viewer: Viewer;
  view: BoardView;
  names: ReadonlyMap<string, string>;
  alarms: Awaited<ReturnType<Board['alarms']>>;
  report: ResponseTimesReport;
  workloads: readonly WorkloadReport[];
  /** Whether the page reloads by itself. */
  isLive: boolean;
}

export function SupervisePage(props: SupervisePageProps) {
  const { viewer, view, names, alarms, report, workloads, isLive } = props;
  return (
    <StaffPage title="Supervise" viewer={viewer} {...reloading(isLive)}>
      <h1>Supervise</h1>
      <Reloading isLive={isLive} path="/supervise" />
      <section class="card" aria-labelledby="alarms">
        <h2 id="alarms">Open alarms</h2>
        <OpenAlarms alarms={alarms} now={view.now} />
      </section>
      <section class="card" aria-labelledby="board">
        <h2 id="board">Open cases, most at risk first</h2>
        <BoardTable view={view} names={names} />
      </section>
      <section class="card" aria-labelledby="times">
        <h2 id="times">Response times by acuity</h2>
        <ResponseTimesView report={report} />
      </section>
      <section class="card" aria-labelledby="workload">
        <h2 id="workload">Time on call and pages by person</h2>
        {workloads.map((one) => (
          <WorkloadView report={one} />
        ))}
      </section>
    </StaffPage>
  );
}

export function OpenCasesPage(props: Omit<SupervisePageProps, 'alarms' | 'report' | 'workloads'>) {
  const { viewer, view, names, isLive } = props;
  return (
    <StaffPage title="Open cases" viewer={viewer} {...reloading(isLive)}>
      <h1>Open cases</h1>
      <Reloading isLive={isLive} path="/cases" />
      <section class="card" aria-label="Open cases, most at risk first">
        <BoardTable view={view} names={names} />
      </section>
    </StaffPage>
  );
}

const reloading = (isLive: boolean) => (isLive ? { refreshSeconds } : {});

/** Whoever needs more time to read can hold the page still. */
function Reloading({ isLive, path }: { isLive: boolean; path: string }) {
  return (
    <p class="soft">
      {isLive ? `This page reloads every ${refreshSeconds} seconds. ` : 'This page holds still. '}
      <a href={isLive ? `${path}?still=1` : path}>
        {isLive ? 'Hold it still' : 'Reload it by itself'}
      </a>
    </p>
  );
}
