import type { StoredSchedule } from '../../../oncall/schedules/schedules.service.js';
import type { FormFields } from '../../layout/form-body.js';
import { Choice, type Option } from '../form-fields.js';
import { address, OnCallPage } from '../on-call-page.js';
import type { Place } from '../places.service.js';
import { lengthText, stretchText } from '../times.js';
import { type ShiftChosen, shiftCode } from './shift-codes.js';
import type { ShiftToSwap } from './shifts-to-swap.service.js';
import { SwapForm } from './swap-form.view.js';
import type { LookedAtSwap, SwapActName, SwapShown } from './swap-forms.service.js';
import { actsOf, type RefusedAct, SwapList } from './swap-list.view.js';

export type SwapDone = 'requested' | SwapActName;

export interface SentSwap {
  fields: FormFields;
  problem: string | null;
  looked: LookedAtSwap | null;
  refused: RefusedAct | null;
}

export interface SwapsPageProps {
  place: Place;
  /** Whose shifts are shown to be given away. */
  requester: string;
  schedules: readonly StoredSchedule[];
  swaps: readonly SwapShown[];
  shift: ShiftChosen | null;
  shifts: readonly ShiftToSwap[];
  people: readonly Option[];
  names: ReadonlyMap<string, string>;
  sent: SentSwap;
  done: SwapDone | null;
}

const doneWords: Readonly<Record<SwapDone, string>> = {
  requested: 'It is asked for. It holds as soon as it is accepted; until then nothing changes.',
  accept: 'It is accepted and holds from now on.',
  decline: 'It is declined. Everybody is on call as without it.',
  withdraw: 'It is withdrawn.',
  confirm: 'It is confirmed. It holds as shown once both have confirmed.',
  undo: 'It is undone. Everybody is on call as without it.',
};

export function SwapsPage(props: SwapsPageProps) {
  const { place, done, sent, swaps, schedules } = props;
  const { staffId, isSupervisor, viewer, program } = place;
  const titles = new Map(schedules.map(({ id, name }) => [id, name]));
  const list = { titles, program: program.key, csrf: viewer.csrf, staffId, isSupervisor };
  const open = swaps.filter((one) => ['requested', 'accepted', 'reconfirm'].includes(one.state));
  const isWaiting = (one: SwapShown) => actsOf(one, { staffId, isSupervisor: false }).length > 0;
  const waiting = open.filter((one) => one.state !== 'accepted' && isWaiting(one));
  const others = open.filter((one) => !waiting.includes(one));
  const settled = swaps.filter((one) => !open.includes(one));
  return (
    <OnCallPage place={place} tab="/swaps" title="Shift swaps">
      {done && (
        <p class="done" role="status">
          {doneWords[done]}
        </p>
      )}
      {sent.problem && (
        <p class="alert" role="alert">
          {sent.problem}
        </p>
      )}
      {waiting.length > 0 && (
        <section class="card" aria-labelledby="waiting">
          <h2 id="waiting">Your swaps that are not settled</h2>
          <SwapList {...list} swaps={waiting} refused={sent.refused} />
        </section>
      )}
      <GiveAway {...props} />
      <section class="card" aria-labelledby="others">
        <h2 id="others">Swaps of the program</h2>
        {others.length === 0 && <p class="empty">No other swap is open or agreed.</p>}
        <SwapList {...list} swaps={others} refused={sent.refused} />
        {settled.length > 0 && (
          <details>
            <summary>Settled: {settled.length}</summary>
            <SwapList {...list} swaps={settled} refused={null} />
          </details>
        )}
      </section>
    </OnCallPage>
  );
}

function GiveAway(props: SwapsPageProps) {
  const { place, requester, shift, schedules, sent } = props;
  const schedule = schedules.find(({ id }) => id === shift?.scheduleId);
  const isOwn = requester === place.staffId;
  const whose = isOwn ? 'your' : `${props.names.get(requester) ?? 'somebody'}’s`;
  return (
    <section class="card" aria-labelledby="give">
      <h2 id="give">Give away one of {whose} shifts</h2>
      {shift && schedule ? (
        <SwapForm
          {...props}
          program={place.program.key}
          csrf={place.viewer.csrf}
          shift={shift}
          schedule={schedule}
          fields={sent.fields}
          looked={sent.looked}
        />
      ) : (
        <OwnShifts {...props} />
      )}
      {place.isSupervisor && <ForWhom {...props} />}
    </section>
  );
}

const shiftsListed = 20;

function OwnShifts({ place, requester, shifts }: SwapsPageProps) {
  const own = shifts.filter(({ person }) => person === requester);
  const base = `${address('/swaps', place.program.key)}&for=${requester}`;
  if (own.length === 0) {
    return <p class="empty">No shift begins within the next 30 days.</p>;
  }
  return (
    <ul class="shifts">
      {own.slice(0, shiftsListed).map(({ schedule, from, to }) => {
        const code = shiftCode({ scheduleId: schedule.id, from, to });
        const when = stretchText({ from, to }, schedule.body.zone);
        return (
          <li>
            <span>
              <strong>{schedule.name}</strong>, {when}{' '}
              <span class="soft">({lengthText(to - from)})</span>
            </span>
            <a class="button quiet" href={`${base}&shift=${code}`}>
              Swap<span class="unseen"> {when}</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function ForWhom({ place, requester, people }: SwapsPageProps) {
  return (
    <form method="get" action="/on-call/swaps" class="fields">
      <input type="hidden" name="program" value={place.program.key} />
      <Choice
        fields={{ for: requester }}
        name="for"
        label="Act for somebody else"
        options={people}
        required
      />
      <button class="quiet">Show their shifts</button>
    </form>
  );
}
