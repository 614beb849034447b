import type { CheckInView } from '../../../readiness/check-ins/check-in-views.service.js';
import { OnCallPage } from '../on-call-page.js';
import type { Place } from '../places.service.js';
import { stretchText, whenText } from '../times.js';

interface CheckInsPageProps {
  place: Place;
  now: Date;
  checkIns: readonly CheckInView[];
}

/** Whether those who go on call have said that they are there. */
export function CheckInsPage({ place, now, checkIns }: CheckInsPageProps) {
  const running = checkIns.filter(({ watch }) => watch.fromAt <= now);
  const coming = checkIns.filter(({ watch }) => watch.fromAt > now);
  return (
    <OnCallPage place={place} tab="/check-ins" title="Check-ins">
      <p class="soft">
        Whoever goes on call answers a page at the beginning of the shift. Without an answer within
        10 minutes the backup goes on call for them, and supervisors are told.
      </p>
      <section class="card" aria-labelledby="running">
        <h2 id="running">Shifts under way</h2>
        <CheckInTable checkIns={running} />
      </section>
      <section class="card" aria-labelledby="coming">
        <h2 id="coming">Shifts of the next 48 hours</h2>
        <CheckInTable checkIns={coming} />
      </section>
    </OnCallPage>
  );
}

function CheckInTable({ checkIns }: { checkIns: readonly CheckInView[] }) {
  if (checkIns.length === 0) return <p class="empty">No shift that asks for a check-in.</p>;
  return (
    <table class="cards">
      <thead>
        <tr>
          {['Schedule', 'Who', 'Shift', 'Check-in'].map((head) => (
            <th scope="col">{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {checkIns.map((one) => (
          <CheckInRow one={one} />
        ))}
      </tbody>
    </table>
  );
}

function CheckInRow({ one }: { one: CheckInView }) {
  const { watch, schedule, person, standsInFor } = one;
  const { zone } = schedule.body;
  const stretch = { from: watch.fromAt.getTime(), to: watch.toAt.getTime() };
  const isMissing = watch.state === 'missed' || watch.state === 'declined';
  return (
    <tr class={isMissing ? 'late' : ''}>
      <td data-label="Schedule">{schedule.name}</td>
      <td data-label="Who">
        <span>
          <strong>{person.name ?? 'Somebody'}</strong>
          {standsInFor && <small>stands in for {standsInFor.name ?? 'somebody'}</small>}
        </span>
      </td>
      <td data-label="Shift">{stretchText(stretch, zone)}</td>
      <td data-label="Check-in">
        <span>
          <StateMark state={watch.state} isAnswered={watch.answeredAt !== null} />
          <small>{stateText(one)}</small>
        </span>
      </td>
    </tr>
  );
}

const stateWords: Readonly<Record<CheckInView['watch']['state'], string>> = {
  planned: 'To come',
  asked: 'Asked, no answer yet',
  on: 'Checked in',
  missed: 'Missed',
  declined: 'Cannot be there',
  over: 'Over',
};

interface StateMarkProps {
  state: CheckInView['watch']['state'];
  isAnswered: boolean;
}

function StateMark({ state, isAnswered }: StateMarkProps) {
  if (state === 'on' && !isAnswered)
    return <strong class="way unsaid">No check-in asked for</strong>;
  const isMissing = state === 'missed' || state === 'declined';
  const look = state === 'on' ? 'way yes' : isMissing ? 'way no' : 'way unsaid';
  return <strong class={look}>{stateWords[state]}</strong>;
}

/** When that happened which the state says. */
function stateText({ watch, schedule }: CheckInView): string {
  const { state, askedAt, answeredAt, missedAt } = watch;
  const at = state === 'asked' ? askedAt : state === 'missed' ? missedAt : answeredAt;
  return at === null ? '' : whenText(at.getTime(), schedule.body.zone);
}
