import type { Board } from '../../reporting/board.service.js';
import { dayAndTime, duration } from '../layout/moments.js';
import { wordsFor } from '../layout/words.js';

type Alarm = Awaited<ReturnType<Board['alarms']>>[number];

interface OpenAlarmsProps {
  alarms: Alarm[];
  now: Date;
}

const kindWords = { coverage_gap: 'Nobody on call' };

/** Alarms nobody has taken; whoever takes the case has taken its alarm. */
export function OpenAlarms({ alarms, now }: OpenAlarmsProps) {
  if (alarms.length === 0) return <p class="empty">No alarm is open.</p>;
  return (
    <ul class="said">
      {alarms.map((alarm) => (
        <li class="alert">
          <strong>{wordsFor(kindWords, alarm.kind)}</strong>
          <span>
            <Subject alarm={alarm} /> Open for {duration(now.getTime() - alarm.openedAt.getTime())},
            repeated {alarm.repeats} {alarm.repeats === 1 ? 'time' : 'times'}.
          </span>
        </li>
      ))}
    </ul>
  );
}

function Subject({ alarm: { caseId, ref, schedule, zone, from, to } }: { alarm: Alarm }) {
  if (caseId !== null) return <a href={`/cases/${caseId}`}>Case {ref}</a>;
  if (schedule === null || zone === null || from === null || to === null) return null;
  const at = (moment: string) => dayAndTime(new Date(moment), zone);
  return (
    <>
      {schedule}, {at(from)} to {at(to)}.
    </>
  );
}
