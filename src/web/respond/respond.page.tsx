import type { PageContent } from '../../paging/page.row.js';
import { Page } from '../page.js';

const acuityWords = {
  EMERGENT: 'Emergent',
  URGENT: 'Urgent',
  PRIORITY: 'Priority',
  ROUTINE: 'Routine',
} as const;

/** What a page's link shows before anybody signed in: nothing about the participant. */
export function RespondPage({ content, action }: { content: PageContent; action: string }) {
  return (
    <Page title={`On-call page ${content.ref}`} language="en">
      <h1>Case {content.ref}</h1>
      <p>
        <strong>{acuityWords[content.acuity]}</strong>, step {content.step + 1} of{' '}
        {Math.max(content.steps, content.step + 1)}
      </p>
      <form method="post" action={action}>
        <button name="answer" value="take">
          Take this case
        </button>
        <button name="answer" value="pass" class="quiet">
          Pass to the next person
        </button>
      </form>
    </Page>
  );
}

export function AnsweredPage({ title, text }: { title: string; text: string }) {
  return (
    <Page title={title} language="en">
      <h1>{title}</h1>
      <p>{text}</p>
      <p>
        <a href="/sign-in">Sign in</a>
      </p>
    </Page>
  );
}
