import type { TimelineEvent } from '../../cases/case-timeline.service.js';
import { dayAndTime, duration } from '../layout/moments.js';
import { StaffPage, type Viewer } from '../layout/staff-page.js';
import { acuityWords, stateWords } from '../layout/words.js';
import type { FormContext } from './action-form.js';
import { Actions, TakeForm } from './actions.view.js';
import type { ActionName } from './case-actions.js';
import type { CaseFile } from './case-file.service.js';
import { Flags } from './flags.view.js';
import { SafetyPlan, WhereTheyAre, WhomToCall } from './person.view.js';
import { Timeline, WorkSoFar } from './record.view.js';

interface CasePageProps {
  viewer: Viewer;
  staffId: string;
  file: CaseFile;
  events: readonly TimelineEvent[];
  context: FormContext;
  /** What was just done. */
  done: ActionName | null;
}

export function CasePage({ viewer, staffId, file, events, context, done }: CasePageProps) {
  return (
    <StaffPage title={`Case ${file.current.ref}`} viewer={viewer}>
      {done && (
        <p class="done" role="status">
          {doneWords[done]}
        </p>
      )}
      {context.attempt && (
        <p class="alert" role="alert">
          This was not done. {context.attempt.message}
        </p>
      )}
      <Head file={file} staffId={staffId} context={context} />
      <div class="case">
        <div>
          <WhomToCall file={file} />
          <WhereTheyAre file={file} />
          <Flags file={file} />
        </div>
        <div>
          <Actions {...{ file, context, staffId }} isSupervisor={viewer.isSupervisor} />
        </div>
        <div>
          <SafetyPlan file={file.file} />
          <WorkSoFar file={file} />
          <Timeline events={events} zone={file.program.zone} />
        </div>
      </div>
    </StaffPage>
  );
}

const doneWords: Readonly<Record<ActionName, string>> = {
  take: 'You have this case. Call, then log the contact.',
  decline: 'You declined. The next person is being paged.',
  contacts: 'The contact is logged.',
  acuity: 'The acuity is changed.',
  'hand-over': 'The hand-over is offered. The case stays yours until it is accepted.',
  escalate: 'The next step is being paged.',
  dispatch: 'The dispatch is recorded. You are asked every ten minutes whether they arrived.',
  'dispatch-arrived': 'Their arrival is recorded.',
  'dispatch-waived': 'Nobody is asked about this dispatch any more.',
  disposition: 'The disposition is recorded. Next: the follow-up.',
  'follow-up': 'The follow-up is set.',
  close: 'The case is closed.',
};

/** State and clocks, by the server's time. */
function Head({ file, staffId, context }: Pick<CasePageProps, 'file' | 'staffId' | 'context'>) {
  const { current, names, now, program } = file;
  const { id, ref, acuity, state, ownerId, openedAt, contactAttemptedAt } = current;
  const owner = ownerId === staffId ? 'You' : (names.get(ownerId ?? '') ?? 'Nobody yet');
  const attempt = contactAttemptedAt ? dayAndTime(contactAttemptedAt, program.zone) : 'None yet';
  return (
    <section class="card" aria-label="State and clocks">
      <div class="case-head">
        <h1>Case {ref}</h1>
        <span class={`acuity ${acuity.toLowerCase()}`}>{acuityWords[acuity]}</span>
        <strong>{stateWords[state]}</strong>
        <Marks current={current} />
        <a href={`/cases/${id}`}>Look again</a>
      </div>
      <dl class="clocks">
        <Clock name="Since the flag" value={duration(now.getTime() - openedAt.getTime())} />
        <Clock name="Owner" value={owner} />
        <Clock name="Step" value={stepText(current)} />
        <Clock name={dueWords(state)} value={dueText(file)} />
        <Clock name="Last contact attempt" value={attempt} />
      </dl>
      <TakeForm file={file} context={context} staffId={staffId} />
    </section>
  );
}

function Clock({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Marks({ current }: { current: CaseFile['current'] }) {
  const marks = [
    [current.exhaustedAt, 'Exhausted'],
    [current.unreachableAt, 'Unreachable'],
    [current.dispatchedAt, current.dispatchDueAt ? 'Dispatched, not confirmed' : 'Dispatched'],
    [current.transferredAt, 'Transferred'],
    [current.withdrewAt, 'Says OK now'],
    [current.syntheticAt, 'Drill'],
  ] as const;
  return <>{marks.map(([at, word]) => at && <span class="mark late">{word}</span>)}</>;
}

function stepText({ step, round, policy, acuity }: CaseFile['current']): string {
  if (step === null) return 'Not paged yet';
  const { length } = policy.acuities[acuity].steps;
  const where = step >= length ? 'Backup' : `${step + 1} of ${length}`;
  return round > 0 ? `${where}, round ${round + 1}` : where;
}

function dueWords(state: CaseFile['current']['state']): string {
  if (state === 'paging') return 'Next step';
  return state === 'acknowledged' ? 'Lease ends' : 'Next reminder';
}

function dueText({ current: { state, dueAt, leaseUntil }, now }: CaseFile): string {
  const at = state === 'acknowledged' ? leaseUntil : dueAt;
  if (at === null) return 'None';
  const ms = at.getTime() - now.getTime();
  return ms >= 0 ? `in ${duration(ms)}` : `${duration(-ms)} ago`;
}
