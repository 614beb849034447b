import type { CaseContent } from '../../paging/rules/page-content.js';
import { AboutOnCall } from './about-on-call.view.js';
import { leftToDo } from './left-to-do.js';
import type { FoundPage } from './respond.controller.js';
import { OwnHelp } from '../help/lines/own-help.view.js';
import type { Visit } from '../help/visits.js';
import { StaffPage } from '../layout/staff-page.js';
import { duration } from '../layout/moments.js';
import { acuityWords } from '../layout/words.js';

interface RespondPageProps {
  found: FoundPage;
  action: string;
  now: Date;
  /** The page to see after signing in. */
  next: string;
  visit: Visit;
}

/** What a page's link shows before anybody signed in: nothing about the participant. */
export function RespondPage({ found, action, now, next, visit }: RespondPageProps) {
  const { content, purpose } = found.page;
  const title = 'ref' in content ? `On-call page ${content.ref}` : 'On-call page';
  return (
    <StaffPage title={title} viewer={null}>
      <section class="card narrow">
        {'ref' in content ? (
          <AboutCase content={content} purpose={purpose} action={action} now={now} />
        ) : (
          <AboutOnCall content={content} found={found} action={action} />
        )}
        <SignInLink next={next} />
        <p class="soft">Details are shown after you sign in.</p>
        <OwnHelp visit={visit} />
      </section>
    </StaffPage>
  );
}

interface AboutCaseProps {
  content: CaseContent;
  purpose: string;
  action: string;
  now: Date;
}

function AboutCase({ content, purpose, action, now }: AboutCaseProps) {
  const { ref, acuity, step, steps, waitingSince, reason } = content;
  const waited = duration(now.getTime() - new Date(waitingSince).getTime());
  const what = purpose === 'alarm' ? 'alarm' : 'case';
  const reminder = leftToDo[reason];
  return (
    <>
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
      {reminder === null ? (
        <TakeOrPass what={what} action={action} />
      ) : (
        <p role="status">{reminder}</p>
      )}
    </>
  );
}

function TakeOrPass({ what, action }: { what: 'alarm' | 'case'; action: string }) {
  return (
    <form method="post" action={action} class="stack answer">
      <button name="answer" value="take">
        Take this {what}
      </button>
      <button name="answer" value="pass" class="quiet">
        {what === 'alarm' ? 'Leave it to the others' : 'Pass to the next person'}
      </button>
    </form>
  );
}

function SignInLink({ next }: { next: string }) {
  return (
    <p>
      <a class="button quiet" href={`/sign-in?next=${encodeURIComponent(next)}`}>
        Sign in
      </a>
    </p>
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
        <SignInLink next={next} />
        <OwnHelp visit={visit} />
      </section>
    </StaffPage>
  );
}

interface NotAnsweredPageProps {
  action: string;
  /** What was pressed; null when the page was only opened. */
  answer: 'take' | 'pass' | null;
  visit: Visit;
}

/** When the answer could not be written down. */
export function NotAnsweredPage({ action, answer, visit }: NotAnsweredPageProps) {
  const said = answer && 'Your answer was not recorded, and nobody has taken this by it.';
  return (
    <StaffPage title="Not recorded" viewer={null}>
      <section class="card narrow">
        <h1>Part of the service is down</h1>
        <p role="status">{said} Try again, or sign in and take it there.</p>
        <form method={answer ? 'post' : 'get'} action={action} class="stack answer">
          {answer && <input type="hidden" name="answer" value={answer} />}
          <button>Try again</button>
        </form>
        <SignInLink next="/cases" />
        <OwnHelp visit={visit} />
      </section>
    </StaffPage>
  );
}
