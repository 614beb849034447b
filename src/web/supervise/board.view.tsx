import type { BoardCase, BoardView } from '../../reporting/board.service.js';
import { clockTime, duration } from '../layout/moments.js';
import { acuityWords, stateWords } from '../layout/words.js';

interface BoardTableProps {
  view: BoardView;
  names: ReadonlyMap<string, string>;
}

/** Open cases with their clocks at the server's time; nothing about any participant. */
export function BoardTable({ view, names }: BoardTableProps) {
  if (view.cases.length === 0) return <p class="empty">No case is open.</p>;
  return (
    <table class="cards">
      <thead>
        <tr>
          {['Case', 'Acuity', 'State', 'Since the flag', 'Next', 'Owner'].map((head) => (
            <th scope="col">{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {view.cases.map((one) => (
          <BoardRow one={one} now={view.now} owner={names.get(one.ownerId ?? '') ?? null} />
        ))}
      </tbody>
    </table>
  );
}

function BoardRow({ one, now, owner }: { one: BoardCase; now: Date; owner: string | null }) {
  const { id, ref, program, acuity, flags } = one;
  return (
    <tr class={one.breachAt <= now ? 'late' : ''}>
      <td data-label="Case">
        <span>
          <a href={`/cases/${id}`}>
            <strong>{ref}</strong>
          </a>
          <small>
            {program}
            {flags > 1 ? ` · ${flags} flags` : ''}
          </small>
        </span>
      </td>
      <td data-label="Acuity">
        <span class={`acuity ${acuity.toLowerCase()}`}>{acuityWords[acuity]}</span>
      </td>
      <td data-label="State">
        <span>
          {stateText(one)} <Marks one={one} />
        </span>
      </td>
      <td data-label="Since the flag">
        <strong>{duration(now.getTime() - one.openedAt.getTime())}</strong>
      </td>
      <td data-label="Next">{nextText(one, now)}</td>
      <td data-label="Owner">{owner ?? 'Nobody yet'}</td>
    </tr>
  );
}

function stateText({ state, step, steps, round }: BoardCase): string {
  if (state !== 'paging') return stateWords[state as keyof typeof stateWords];
  if (step === null) return 'Waits for the morning';
  const where = step >= steps ? 'backup' : `step ${step + 1} of ${steps}`;
  return `Paging, ${where}${round > 0 ? `, round ${round + 1}` : ''}`;
}

function Marks({ one }: { one: BoardCase }) {
  const marks = [
    one.exhaustedAt && one.state === 'paging' ? 'Exhausted' : null,
    one.state === 'acknowledged' && !one.contactAttemptedAt ? 'No contact yet' : null,
    one.unreachableAt ? 'Unreachable' : null,
    one.dispatchedAt ? (one.dispatchDueAt ? 'Dispatched, not confirmed' : 'Dispatched') : null,
    one.withdrewAt ? 'Says OK now' : null,
    one.syntheticAt ? 'Drill' : null,
  ];
  return (
    <>
      {marks.map((mark) =>
        mark === null ? null : (
          <span class={mark === 'Exhausted' ? 'mark late' : 'mark'}>{mark}</span>
        ),
      )}
    </>
  );
}

/** What happens by itself if nobody does anything, and when. */
function nextText({ state, dueAt, leaseUntil, zone }: BoardCase, now: Date): string {
  const left = (moment: Date): string => {
    const ms = moment.getTime() - now.getTime();
    return ms >= 0 ? `in ${duration(ms)}` : `${duration(-ms)} ago`;
  };
  if (state === 'acknowledged' && leaseUntil) {
    return `Lease until ${clockTime(leaseUntil, zone, 'en')} (${left(leaseUntil)})`;
  }
  if (dueAt === null) return '';
  return state === 'paging' ? `Next step ${left(dueAt)}` : `Reminder ${left(dueAt)}`;
}
