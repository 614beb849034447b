import { CalmPage } from '../layout/calm-page.js';
import { MoreLines, PrimaryLines } from './lines.view.js';
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
  const { say, language, stated } = visit;
  return (
    <CalmPage visit={visit}>
      <h1>{say('help.heading')}</h1>
      <PrimaryLines visit={visit} />
      <section class="ask" aria-labelledby="team">
        <h2 id="team">{say('help.your_team')}</h2>
        <form method="post" action={path}>
          <input type="hidden" name="once" value={once} />
          <input type="hidden" name="lang" value={language} />
          {stated.country && <input type="hidden" name="country" value={stated.country} />}
          {stated.region && <input type="hidden" name="region" value={stated.region} />}
          <button>{say('screen.button')}</button>
          <p class="soft">{say('help.one_tap')}</p>
        </form>
      </section>
      <MoreLines visit={visit} action={path} />
    </CalmPage>
  );
}

/** What there is to say when nobody can be alerted from here, or a request shares a page. */
export function MessagePage({ visit, path, text }: Omit<HelpPageProps, 'once'> & { text: string }) {
  return (
    <CalmPage visit={visit}>
      <h1>{visit.say('help.heading')}</h1>
      <p role="status">{text}</p>
      <PrimaryLines visit={visit} />
      <MoreLines visit={visit} action={path} />
    </CalmPage>
  );
}
