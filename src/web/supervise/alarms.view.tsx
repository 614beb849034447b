import type { Board } from '../../reporting/board.service.js';
import { duration } from '../layout/moments.js';
import { inWords } from '../layout/words.js';

interface OpenAlarmsProps {
  alarms: Awaited<ReturnType<Board['alarms']>>;
  now: Date;
}

/** Alarms nobody has taken; whoever takes the case has taken its alarm. */
export function OpenAlarms({ alarms, now }: OpenAlarmsProps) {
  if (alarms.length === 0) return <p class="empty">No alarm is open.</p>;
  return (
    <ul class="said">
      {alarms.map(({ kind, openedAt, repeats, caseId, ref }) => (
        <li class="alert">
          <strong>{inWords(kind)}</strong>
          <span>
            {caseId && <a href={`/cases/${caseId}`}>Case {ref}</a>} Open for{' '}
            {duration(now.getTime() - openedAt.getTime())}, repeated {repeats}{' '}
            {repeats === 1 ? 'time' : 'times'}.
          </span>
        </li>
      ))}
    </ul>
  );
}
