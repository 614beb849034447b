import type { TimelineEvent } from '../../cases/case-timeline.service.js';
import type { Preference } from '../../oncall/rules/answering/audience.js';
import { dayAndTime } from '../layout/moments.js';
import {
  contactWords,
  dispositionWords,
  inWords,
  outcomeWords,
  wordsFor,
} from '../layout/words.js';
import type { CaseFile } from './case-file.service.js';

interface Entry {
  at: Date;
  staffId: string;
  head: string;
  text: string | null;
}

/** Contacts, notes, dispatches and decisions so far, oldest first. */
export function WorkSoFar({ file }: { file: CaseFile }) {
  const { names, program } = file;
  const entries = entriesOf(file).toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return (
    <section class="card" aria-labelledby="work">
      <h2 id="work">Contacts and notes so far</h2>
      {entries.length === 0 && <p class="empty">Nothing has been logged yet.</p>}
      <ul class="said">
        {entries.map(({ at, staffId, head, text }) => (
          <li>
            <span>
              <strong>{head}</strong> · {names.get(staffId) ?? 'Somebody'} ·{' '}
              {dayAndTime(at, program.zone)}
            </span>
            {text && <p class="words">{text}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function entriesOf({ history, notes, program }: CaseFile): Entry[] {
  const { contacts, dispositions, followUps, dispatches } = history;
  return [
    ...contacts.map(({ at, staffId, kind, outcome, note }) => {
      return {
        at,
        staffId,
        head: `${wordsFor(contactWords, kind)}: ${wordsFor(outcomeWords, outcome)}`,
        text: note,
      };
    }),
    ...notes.map(({ at, staffId, about, text }) => {
      return { at, staffId, head: `Note on ${inWords(about).toLowerCase()}`, text };
    }),
    ...dispatches.flatMap((dispatch) => dispatchEntries(dispatch, program.zone)),
    ...dispositions.map(({ at, staffId, code, note }) => {
      return { at, staffId, head: `Disposition: ${wordsFor(dispositionWords, code)}`, text: note };
    }),
    ...followUps.map(({ at, staffId, dueAt, reason }) => {
      const when = dueAt ? dayAndTime(dueAt, program.zone) : 'none';
      return { at, staffId, head: `Follow-up: ${when}`, text: reason };
    }),
  ];
}

function dispatchEntries(dispatch: CaseFile['history']['dispatches'][number], zone: string) {
  const { dispatchedAt: at, staffId, consent, details } = dispatch;
  const { agency } = details;
  const { settledAt, settledBy, arrivalConfirmedAt, waivedBecause } = dispatch;
  const said = [details.number, details.alternativesTried, details.spokenTo];
  const text = [...said, details.locationGiven].filter(Boolean).join('\n');
  const entries: Entry[] = [{ at, staffId, head: `Dispatch: ${agency}, consent ${consent}`, text }];
  if (settledAt === null || settledBy === null) return entries;
  const head = arrivalConfirmedAt
    ? `${agency} arrived ${dayAndTime(arrivalConfirmedAt, zone)}`
    : `${agency}: confirmation waived`;
  return [...entries, { at: settledAt, staffId: settledBy, head, text: waivedBecause }];
}

/** Every step as the audit log holds it. */
export function Timeline({ events, zone }: { events: readonly TimelineEvent[]; zone: string }) {
  return (
    <section class="card" aria-labelledby="timeline">
      <details>
        <summary id="timeline">Timeline from the audit log ({events.length} events)</summary>
        <ol class="timeline">
          {events.map(({ at, action, actor, staff, details }) => (
            <li>
              <time dateTime={at}>{dayAndTime(new Date(at), zone)}</time>
              <span>
                {inWords(action.replace('.', ' '))}
                {actor.name ? ` by ${actor.name}` : ''}
                {staff?.name ? `, ${staff.name}` : ''}
                <span class="soft">{detailText(details)}</span>
              </span>
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}

const preferenceWords: Readonly<Record<Preference, string>> = {
  relationship: 'a tie to them',
  gender: 'the gender they prefer',
  language: 'their language',
  licenseState: 'a license for where they are',
};

function listed(codes: unknown, words: Readonly<Record<string, string>>): string {
  if (!Array.isArray(codes)) return '';
  return codes.map((code) => wordsFor(words, String(code))).join(', or ');
}

/** The codes that tell an event from its neighbors; ids stay out. */
function detailText(details: TimelineEvent['details']): string {
  const told = ['reason', 'channel', 'outcome', 'kind', 'code', 'status'].flatMap((name) => {
    const value = details[name];
    return typeof value === 'string' ? [inWords(value).toLowerCase()] : [];
  });
  const dropped = listed(details['preferencesDropped'], preferenceWords);
  if (dropped !== '') told.push(`nobody could be found with ${dropped}`);
  const expired = details['credentialsExpired'];
  if (Array.isArray(expired)) told.push('somebody was left out whose credentials have expired');
  return told.length > 0 ? ` · ${told.join(', ')}` : '';
}
