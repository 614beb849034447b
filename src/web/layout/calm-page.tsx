import type { ComponentChildren } from 'preact';
import type { Visit } from '../help/visits.js';
import { Document } from './document.js';

/** Where leaving fast leads: known to everybody, and says nothing about who opens it. */
const neutralAddress = 'https://www.wikipedia.org/';

interface CalmPageProps {
  visit: Pick<Visit, 'say' | 'language' | 'inOtherLanguage'>;
  /** There is a request, which goes on when the page is left. */
  isRequest?: boolean;
  children: ComponentChildren;
}

/** A page for somebody in distress: a way out at the top, one column below. */
export function CalmPage({ visit, isRequest, children }: CalmPageProps) {
  const { say, language, inOtherLanguage } = visit;
  return (
    <Document title={say('help.title')} language={language} class="calm" exit>
      <header class="bar">
        <div>
          <a href={inOtherLanguage} lang={language === 'es' ? 'en' : 'es'}>
            {language === 'es' ? 'English' : 'Español'}
          </a>
          <a class="exit" href={neutralAddress} rel="noreferrer">
            {say('help.fast_exit')}
          </a>
        </div>
      </header>
      <main>{children}</main>
      <footer>
        <p>
          <a class="exit" href={neutralAddress} rel="noreferrer">
            {say(isRequest ? 'screen.exit' : 'help.fast_exit')}
          </a>
        </p>
        <p>
          {isRequest && say('status.exit_limits')} {say('help.exit_limits')}
        </p>
      </footer>
    </Document>
  );
}
