import type { BusyCalendars } from '../../../oncall/calendars/busy/busy-calendars.service.js';
import type { CalendarFeeds } from '../../../oncall/calendars/feeds/calendar-feeds.service.js';
import type { FormFields } from '../../layout/form-body.js';
import { Choice, type Option } from '../form-fields.js';
import { OnCallPage } from '../on-call-page.js';
import type { Place } from '../places.service.js';
import { whenText } from '../times.js';

type Feed = Awaited<ReturnType<CalendarFeeds['list']>>[number];
export type Busy = Awaited<ReturnType<BusyCalendars['show']>>;
export type CalendarDone = 'revoked' | 'set' | 'removed';

export interface CalendarPageProps {
  place: Place;
  feeds: readonly Feed[];
  /** Null: none was given. */
  busy: Busy | null;
  /** By their keys. */
  schedules: readonly Option[];
  people: readonly Option[];
  /** The address of a feed that was just made: this page is the only one to show it. */
  url: string | null;
  fields: FormFields;
  problem: string | null;
  done: CalendarDone | null;
}

const doneWords: Readonly<Record<CalendarDone, string>> = {
  revoked: 'The address is revoked: nobody reads it any more.',
  set: 'Your calendar is being read. Reload this page in a moment to see how it went.',
  removed: 'Your calendar and everything that was read from it is forgotten.',
};

export function CalendarPage(props: CalendarPageProps) {
  const { place, done, problem, url } = props;
  return (
    <OnCallPage place={place} tab="/calendar" title="My calendar">
      {done && (
        <p class="done" role="status">
          {doneWords[done]}
        </p>
      )}
      {problem && (
        <p class="alert" role="alert">
          {problem}
        </p>
      )}
      {url && <NewAddress url={url} />}
      <Feeds {...props} />
      <BusyCalendar {...props} />
    </OnCallPage>
  );
}

function NewAddress({ url }: { url: string }) {
  return (
    <section class="card" aria-labelledby="address">
      <h2 id="address">Copy this address now</h2>
      <p>
        It is not shown again. Whoever has it sees these shifts, so treat it like a password. Add it
        in your calendar as a calendar from an address, or “subscribed calendar”.
      </p>
      <label class="field">
        Address of the calendar
        <input class="secret" readOnly value={url} />
      </label>
    </section>
  );
}

function Feeds({ place, feeds, schedules, people, fields }: CalendarPageProps) {
  const { csrf } = place.viewer;
  const { key, zone } = place.program;
  const what: Option[] = [
    ['own', 'My own shifts, in every program'],
    ...schedules.map(([code, name]): Option => [`schedule ${code}`, `Everybody on ${name}`]),
    ...(place.isSupervisor ? people : []).map(([code, name]): Option => {
      return [`staff ${code}`, `Shifts of ${name}`];
    }),
  ];
  return (
    <section class="card" aria-labelledby="feeds">
      <h2 id="feeds">Shifts in your own calendar program</h2>
      <form method="post" action="/on-call/calendar/feeds" class="fields">
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="program" value={key} />
        <Choice
          fields={{ what: 'own', ...fields }}
          name="what"
          label="What it shows"
          options={what}
          required
        />
        <button>Make an address</button>
      </form>
      {feeds.length === 0 && <p class="empty">There is no address yet.</p>}
      <ul class="reach">
        {feeds.map((feed) => (
          <li>
            <strong>{titleOf(feed)}</strong>
            <span class="soft">
              Made by {feed.createdBy.name ?? 'somebody'} {whenText(feed.createdAt.getTime(), zone)}
              ;{' '}
              {feed.lastReadAt === null
                ? 'not read yet'
                : `last read about ${whenText(feed.lastReadAt.getTime(), zone)}`}
            </span>
            <form method="post" action={`/on-call/calendar/feeds/${feed.id}/revocation`}>
              <input type="hidden" name="csrf" value={csrf} />
              <input type="hidden" name="program" value={key} />
              <button class="quiet">
                Revoke<span class="unseen">: {titleOf(feed)}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

const titleOf = ({ schedule, person }: Feed): string =>
  schedule === null ? `Shifts of ${person?.name ?? 'somebody'}` : `Everybody on ${schedule.name}`;

function BusyCalendar({ place, busy, fields }: CalendarPageProps) {
  const { csrf } = place.viewer;
  const { key } = place.program;
  return (
    <section class="card" aria-labelledby="busy">
      <h2 id="busy">When you are busy elsewhere</h2>
      <p class="soft">
        Give the secret iCalendar address of a calendar of yours. Only the times are read, no titles
        and no people. Whoever puts you on call then is warned; you are paged all the same.
      </p>
      {busy && <BusyState busy={busy} zone={place.program.zone} />}
      <form method="post" action="/on-call/calendar/busy" class="fields">
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="program" value={key} />
        <label class="field">
          {busy ? 'Another address instead' : 'Address, beginning with https://'}
          <input
            name="url"
            inputMode="url"
            value={fields['url'] ?? ''}
            maxLength={2_000}
            autocomplete="off"
            required
          />
        </label>
        <button>Read this calendar</button>
      </form>
      {busy && (
        <form method="post" action="/on-call/calendar/busy/removal">
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="program" value={key} />
          <button class="quiet">Forget my calendar</button>
        </form>
      )}
    </section>
  );
}

function BusyState({ busy, zone }: { busy: Busy; zone: string }) {
  const { host, fetchedAt, nextFetchAt, trouble, busyTimes } = busy;
  return (
    <>
      {trouble && <p class="warned">It could not be read the last time. {trouble.detail}</p>}
      <dl class="meaning">
        <dt>Calendar at</dt>
        <dd>{host}</dd>
        <dt>Last read</dt>
        <dd>{fetchedAt === null ? 'Not yet' : whenText(fetchedAt.getTime(), zone)}</dd>
        <dt>Read again</dt>
        <dd>{whenText(nextFetchAt.getTime(), zone)}</dd>
        <dt>Busy times found</dt>
        <dd>{busyTimes} in the next 60 days</dd>
      </dl>
    </>
  );
}
