import type { OnCallContent } from '../../paging/rules/on-call/content.js';
import type { FoundPage } from './respond.controller.js';

interface AboutOnCallProps {
  content: OnCallContent;
  found: Pick<FoundPage, 'asks' | 'sentences'>;
  action: string;
}

/** A page about time on call: the program's own words, and what can be answered. */
export function AboutOnCall({ content, found, action }: AboutOnCallProps) {
  const isCheckIn = content.reason === 'check_in' || content.reason === 'stand_in';
  return (
    <>
      <h1>{content.schedule}</h1>
      <p role="status">{found.sentences}</p>
      {found.asks && (
        <form method="post" action={action} class="stack answer">
          <button name="answer" value="take">
            {isCheckIn ? 'I am here' : 'Take this alarm'}
          </button>
          <button name="answer" value="pass" class="quiet">
            {isCheckIn ? 'I cannot' : 'Leave it to the others'}
          </button>
        </form>
      )}
    </>
  );
}
