import { OwnHelp } from '../help/lines/own-help.view.js';
import type { Visit } from '../help/visits.js';
import { StaffPage } from '../layout/staff-page.js';

interface SignInPageProps {
  /** Where to go afterwards, one of our own paths. */
  next: string;
  said: string | null;
  email?: string;
  visit: Visit;
}

export function SignInPage({ next, said, email = '', visit }: SignInPageProps) {
  return (
    <StaffPage title="Sign in" viewer={null}>
      <section class="card narrow">
        <h1>Sign in</h1>
        {said && (
          <p class="alert" role="alert">
            {said}
          </p>
        )}
        <form method="post" action="/sign-in" class="stack">
          <input type="hidden" name="next" value={next} />
          <label class="field">
            E-mail
            <input
              type="email"
              name="email"
              value={email}
              maxLength={200}
              autocomplete="username"
              required
            />
          </label>
          <label class="field">
            Password
            <input
              type="password"
              name="password"
              maxLength={200}
              autocomplete="current-password"
              required
            />
          </label>
          <button>Sign in</button>
        </form>
        <OwnHelp visit={visit} />
      </section>
    </StaffPage>
  );
}
