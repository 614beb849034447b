import type { Board, BoardView } from '../../reporting/board.service.js';
import type { ResponseTimesReport } from '../../reporting/response-times.service.js';
import { StaffPage, type Viewer } from '../layout/staff-page.js';
import { OpenAlarms } from './alarms.view.js';
import { BoardTable } from './board.view.js';
import { ResponseTimesView } from './response-times.view.js';

const refreshSeconds = 15;

interface SupervisePageProps {
  viewer: Viewer;
  view: BoardView;
  names: ReadonlyMap<string, string>;
  alarms: Awaited<ReturnType<Board['alarms']>>;
  report: ResponseTimesReport;
}

export function SupervisePage({ viewer, view, names, alarms, report }: SupervisePageProps) {
  return (
    <StaffPage title="Supervise" viewer={viewer} refreshSeconds={refreshSeconds}>
      <h1>Supervise</h1>
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
    </StaffPage>
  );
}

export function OpenCasesPage({
  viewer,
  view,
  names,
}: Pick<SupervisePageProps, 'viewer' | 'view' | 'names'>) {
  return (
    <StaffPage title="Open cases" viewer={viewer} refreshSeconds={refreshSeconds}>
      <h1>Open cases</h1>
      <section class="card" aria-label="Open cases, most at risk first">
        <BoardTable view={view} names={names} />
      </section>
    </StaffPage>
  );
}
