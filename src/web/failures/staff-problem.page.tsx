import type { Problem } from '../../platform/http/problem.js';
import type { Visit } from '../help/visits.js';
import { OwnHelp } from '../help/lines/own-help.view.js';
import { StaffPage } from '../layout/staff-page.js';

/** A refusal or a failure in words for staff; a stranger who got here finds help as well. */
export function StaffProblemPage({ problem, visit }: { problem: Problem; visit: Visit }) {
  const title = problem.title.charAt(0) + problem.title.slice(1).toLowerCase();
  return (
    <StaffPage title={title} viewer={null}>
      <section class="card narrow">
        <h1>{title}</h1>
        <p>{problem.detail}</p>
        <p>
          <a class="button quiet" href="/cases">
            To the open cases
          </a>
        </p>
        <OwnHelp visit={visit} />
      </section>
    </StaffPage>
  );
}
