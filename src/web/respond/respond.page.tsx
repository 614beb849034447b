import type { FoundPage } from './respond.controller.js';
import { OwnHelp } from '../help/lines/own-help.view.js';
import type { Visit } from '../help/visits.js';
import { StaffPage } from '../layout/staff-page.js';
import { duration } from '../layout/moments.js';
import { acuityWords } from '../layout/words.js';

interface RespondPageProps {
  page: FoundPage['page'];
  action: string;
  now: Date;
}

/** What a page's link shows before anybody signed in: nothing about the participant. */
export function RespondPage({ page: { content, purpose }, action, now }: RespondPageProps) {
  const { ref, acuity, step, steps, waitingSince } = content;
  const waited = duration(now.getTime() - new Date(waitingSince).getTime());
  const what = purpose === 'alarm' ? 'alarm' : 'case';
  return (
    <StaffPage title={`On-call page ${ref}`} viewer={null}>
      <section class="card narrow">
        <h1>
          {what === 'alarm' ? 'Alarm about case' : 'Case'} {ref}
        </h1>
        <dl class="facts">
          <dt>Acuity</dt>
          <dd>
            <span class={`acuity ${acuity.toLowerCase()}`}>{acuityWords[acuity]}</span>
          </dd>
          <dt>Step</dt>
          <dd>{step >= steps ? 'Backup' : `${step + 1} of ${steps}`}</dd>
          <dt>Waiting</dt>
          <dd>{waited}</dd>
        </dl>
        <form method="post" action={action} class="stack answer">
          <button name="answer" value="take">
            Take this {what}
          </button>
          <button name="answer" value="pass" class="quiet">
            {what === 'alarm' ? 'Leave it to the others' : 'Pass to the next person'}
          </button>
        </form>
        <p class="soft">Details are shown after you sign in.</p>
      </section>
    </StaffPage>
  );
}

interface AnsweredPageProps {
  title: string;
  text: string;
  /** The page to see after signing in. */
  next: string;
  visit: Visit;
}

export function AnsweredPage({ title, text, next, visit }: AnsweredPageProps) {
  return (
    <StaffPage title={title} viewer={null}>
      <section class="card narrow">
        <h1>{title}</h1>
        <p role="status">{text}</p>
        <p>
          <a class="button" href={`/sign-in?next=${encodeURIComponent(next)}`}>
            Sign in
          </a>
        </p>
        <OwnHelp visit={visit} />
      </section>
    </StaffPage>
  );
}
