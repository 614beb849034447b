import type { Played } from '../../../cases/simulation/simulations.service.js';
import { duration } from '../../layout/moments.js';
import { dayText, hourText, whenText } from '../times.js';

interface PlayedViewProps {
  played: Played;
  at: Date;
  zone: string;
}

type Row = { at: number } & (
  | { kind: 'page'; page: Played['pages'][number] }
  | { kind: 'note'; step: number | null; words: string; isBad: boolean }
);

/** Everything that would happen, in order of time. */
export function PlayedView({ played, at, zone }: PlayedViewProps) {
  const start = at.getTime();
  const tried = [...played.pages, ...played.skipped].map(({ step }) => step);
  return (
    <>
      <table class="cards">
        <thead>
          <tr>
            {['After', 'When', 'Step', 'Who', 'How', 'Why'].map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(played).map((row) => (
            <PlayedRow row={row} start={start} zone={zone} backstop={Math.max(...tried, 0)} />
          ))}
        </tbody>
      </table>
      {played.pages.length === 0 && <p class="empty">Nobody would be paged in three days.</p>}
    </>
  );
}

const alarmWords = {
  exhausted: 'Alarm: every step was tried',
  nobody_reachable: 'Alarm: nobody can be reached',
} as const;

function rowsOf({ pages, skipped, alarms, roundAgainAt }: Played): Row[] {
  const rows: Row[] = [
    ...pages.map((page): Row => ({ kind: 'page', at: page.at, page })),
    ...skipped.map(({ at, step }): Row => {
      const words = 'Nobody: the step is passed over at once';
      return { kind: 'note', at, step, words, isBad: true };
    }),
    ...alarms.map(({ at, kind }): Row => ({
      kind: 'note',
      at,
      step: null,
      words: alarmWords[kind],
      isBad: true,
    })),
  ];
  const again = 'The steps begin again, until somebody takes it';
  if (roundAgainAt !== null)
    rows.push({ kind: 'note', at: roundAgainAt, step: null, words: again, isBad: false });
  return rows.toSorted((one, other) => one.at - other.at);
}

/** With the day where it is not the one of the flag. */
const momentText = (at: number, start: number, zone: string): string =>
  dayText(at, zone) === dayText(start, zone) ? hourText(at, zone) : whenText(at, zone);

interface PlayedRowProps {
  row: Row;
  start: number;
  zone: string;
  backstop: number;
}

function PlayedRow({ row, start, zone, backstop }: PlayedRowProps) {
  const step = row.kind === 'page' ? row.page.step : row.step;
  return (
    <tr class={row.kind === 'note' && row.isBad ? 'late' : ''}>
      <td data-label="After">
        <strong>{duration(row.at - start)}</strong>
      </td>
      <td data-label="When">{momentText(row.at, start, zone)}</td>
      <td data-label="Step">{step === null ? '' : step === backstop ? 'Backstop' : step + 1}</td>
      {row.kind === 'note' ? (
        <td data-label="What" colSpan={3}>
          <strong>{row.words}</strong>
        </td>
      ) : (
        <PageCells page={row.page} start={start} />
      )}
    </tr>
  );
}

function PageCells({ page, start }: { page: Played['pages'][number]; start: number }) {
  const { name, why, attempts, dropped } = page;
  return (
    <>
      <td data-label="Who">
        <strong>{name ?? 'Somebody'}</strong>
      </td>
      <td data-label="How">
        <span>{waysText(attempts, start)}</span>
      </td>
      <td data-label="Why">
        <span>
          {why}
          {dropped.length > 0 && <small>Nobody was found by {dropped.join(', ')}</small>}
        </span>
      </td>
    </>
  );
}

const channelWords: Readonly<Record<string, string>> = { sms: 'text', voice: 'call' };
const attemptsShown = 4;

/** Such as `text 0:00, call 0:30, text 1:30`, counted from the flag. */
function waysText(attempts: Played['pages'][number]['attempts'], start: number): string {
  if (attempts.length === 0) return 'no way to reach them';
  const shown = attempts
    .slice(0, attemptsShown)
    .map(({ at, channel }) => `${channelWords[channel] ?? channel} at ${duration(at - start)}`);
  const more = attempts.length - attemptsShown;
  return shown.join(', ') + (more > 0 ? ` and ${more} more tries` : '');
}
