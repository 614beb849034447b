import type { ComponentChildren } from 'preact';
import { CalmPage } from '../layout/calm-page.js';
import { MoreLines, PrimaryLines } from './lines/lines.view.js';
import type { Visit } from './visits.js';

interface HelpPageProps {
  visit: Visit;
  /** The address of this page. */
  path: string;
  /** Marks this very form, so that a double tap is one request. */
  once: string;
}

/** Danger numbers first, then one button. */
export function HelpPage({ visit, path, once }: HelpPageProps) {
  return (
    <CalmPage visit={visit}>
      <h1>{visit.say('help.heading')}</h1>
      <PrimaryLines visit={visit} />
      <AskForm visit={visit} path={path} once={once} />
      <MoreLines visit={visit} action={path} />
    </CalmPage>
  );
}

/** The one button; `token` is that of an earlier request of the same person. */
export function AskForm({ visit, path, once, token }: HelpPageProps & { token?: string | null }) {
  const { say, language, stated } = visit;
  return (
    <section class="ask" aria-labelledby="team">
      <h2 id="team">{say('help.your_team')}</h2>
      <form method="post" action={path}>
        <input type="hidden" name="once" value={once} />
        <input type="hidden" name="lang" value={language} />
        {token && <input type="hidden" name="token" value={token} />}
        {stated.country && <input type="hidden" name="country" value={stated.country} />}
        {stated.region && <input type="hidden" name="region" value={stated.region} />}
        <button>{say('screen.button')}</button>
        <p class="soft">{say('help.one_tap')}</p>
      </form>
    </section>
  );
}

interface MessagePageProps {
  visit: Visit;
  path: string;
  text: string;
  /** Whether it is about a request that goes on. */
  isRequest?: boolean;
  /** What can be done about it here. */
  children?: ComponentChildren;
}

/** What there is to say when a request went wrong, shares a page, or has nobody to go to. */
export function MessagePage(props: MessagePageProps) {
  const { visit, path, text, isRequest = false, children } = props;
  return (
    <CalmPage visit={visit} isRequest={isRequest}>
      <h1>{visit.say('help.heading')}</h1>
      <p role="status">{text}</p>
      <PrimaryLines visit={visit} />
      {children}
      <MoreLines visit={visit} action={path} />
    </CalmPage>
  );
}
