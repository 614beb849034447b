import type { ComponentChildren } from 'preact';
import type { UnverifiedFlag } from '../../intake/review/review-lane.service.js';
import { dayAndTime } from '../layout/moments.js';
import { StaffPage, type Viewer } from '../layout/staff-page.js';
import { acuityWords, wordsFor } from '../layout/words.js';

interface UnverifiedPageProps {
  viewer: Viewer;
  flags: readonly UnverifiedFlag[];
  names: ReadonlyMap<string, string>;
  zone: string;
}

/** What came without a good key: somebody may be in distress, and nobody was alerted. */
export function UnverifiedPage({ viewer, flags, names, zone }: UnverifiedPageProps) {
  const waiting = flags.filter(({ reviewedAt }) => reviewedAt === null);
  return (
    <StaffPage title="Unverified flags" viewer={viewer}>
      <h1>Unverified flags</h1>
      <p>
        These came without a good key. Whoever sent them got emergency numbers; nobody was alerted.
        Look whether you can tell who it is, and whether an app of yours uses an old key.
      </p>
      <section class="card" aria-labelledby="waiting">
        <h2 id="waiting">To be reviewed</h2>
        {waiting.length === 0 && <p class="empty">Nothing waits for a review.</p>}
        <ul class="said">
          {waiting.map((flag) => (
            <OneFlag flag={flag} zone={zone}>
              <form method="post" action={`/supervise/unverified/${flag.id}`}>
                <input type="hidden" name="csrf" value={viewer.csrf} />
                <button>I have reviewed it</button>
              </form>
            </OneFlag>
          ))}
        </ul>
      </section>
      <section class="card" aria-labelledby="reviewed">
        <h2 id="reviewed">Reviewed</h2>
        {waiting.length === flags.length && <p class="empty">Nothing was reviewed yet.</p>}
        <ul class="said">
          {flags
            .filter(({ reviewedAt }) => reviewedAt !== null)
            .map((flag) => (
              <OneFlag flag={flag} zone={zone}>
                <p class="soft">Reviewed by {names.get(flag.reviewedBy ?? '') ?? 'somebody'}.</p>
              </OneFlag>
            ))}
        </ul>
      </section>
    </StaffPage>
  );
}

interface OneFlagProps {
  flag: UnverifiedFlag;
  zone: string;
  children: ComponentChildren;
}

function OneFlag({ flag, zone, children }: OneFlagProps) {
  const { receivedAt, acuity, text, raw, mergedCount } = flag;
  return (
    <li>
      <span>
        <strong>{dayAndTime(receivedAt, zone)}</strong> · {wordsFor(acuityWords, acuity)}
        {mergedCount > 0 && ` · ${mergedCount} more from the same address`}
      </span>
      {text ? <p class="words">{text}</p> : <p class="empty">No words came with it.</p>}
      <details>
        <summary>All that came</summary>
        <p class="words">{raw ?? 'It was erased.'}</p>
      </details>
      {children}
    </li>
  );
}
