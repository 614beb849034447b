import type { FormFields } from '../../layout/form-body.js';
import { Acceptance, type Needs } from '../acceptances.js';
import { stretchText, whenText } from '../times.js';
import type { SwapActName, SwapShown } from './swap-forms.service.js';

/** An act that was refused, with why. */
export interface RefusedAct {
  swapId: string;
  needs: Needs;
  fields: FormFields;
}

export interface SwapListProps {
  swaps: readonly SwapShown[];
  /** Names of schedules by id. */
  titles: ReadonlyMap<string, string>;
  /** Of the program. */
  program: string;
  csrf: string;
  staffId: string;
  isSupervisor: boolean;
  refused: RefusedAct | null;
}

export function SwapList(props: SwapListProps) {
  return (
    <ul class="reach">
      {props.swaps.map((swap) => (
        <SwapItem {...props} swap={swap} />
      ))}
    </ul>
  );
}

type ItemProps = SwapListProps & { swap: SwapShown };

function SwapItem(props: ItemProps) {
  const { swap, titles } = props;
  const { requester, counterpart, given, inReturn, reason, state, zone } = swap;
  const [from, to] = [nameOf(requester), nameOf(counterpart)];
  return (
    <li>
      <strong>
        {to} takes a shift of {from} <span class="mark">{stateWords[state]}</span>
      </strong>
      <Terms swap={swap} terms={swap.changed ?? { given, inReturn }} />
      <span class="soft">
        {titles.get(swap.scheduleId) ?? 'A schedule'} · {reason}
      </span>
      {swap.outcome && <span class="soft">{outcomeWords[swap.outcome]}</span>}
      {swap.dueAt && (
        <span>
          Waits for an answer until {whenText(Date.parse(swap.dueAt), zone)}
          {swap.confirmedBy.length > 0 && `; ${swap.confirmedBy.map(nameOf).join(', ')} confirmed`}
        </span>
      )}
      <Acts {...props} />
    </li>
  );
}

const nameOf = ({ name }: { name: string | null }): string => name ?? 'somebody';

/** Who is on call when, once it holds. */
function Terms({ swap, terms }: { swap: SwapShown; terms: NonNullable<SwapShown['changed']> }) {
  const { zone, requester, counterpart, changed } = swap;
  const said = (stretch: NonNullable<SwapShown['given']>): string =>
    stretchText({ from: Date.parse(stretch.from), to: Date.parse(stretch.to) }, zone);
  return (
    <>
      {changed && <span>The shift has changed since. It would now be:</span>}
      {terms.given && (
        <span>
          {nameOf(counterpart)}: {said(terms.given)}
        </span>
      )}
      {terms.inReturn && (
        <span>
          In return {nameOf(requester)}: {said(terms.inReturn)}
        </span>
      )}
    </>
  );
}

const stateWords: Readonly<Record<SwapShown['state'], string>> = {
  requested: 'Asked for',
  accepted: 'Agreed',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  expired: 'Expired',
  reconfirm: 'To be confirmed again',
  undone: 'Undone',
};

const outcomeWords: Readonly<Record<NonNullable<SwapShown['outcome']>, string>> = {
  not_answered: 'Nobody answered in time.',
  shift_changed: 'The shift was changed meanwhile.',
  shift_gone: 'The shift is no more.',
  not_confirmed: 'It was not confirmed in time and stands as it was.',
};

const actWords: Readonly<Record<SwapActName, string>> = {
  accept: 'Accept',
  decline: 'Decline',
  withdraw: 'Withdraw',
  confirm: 'Confirm again',
  undo: 'Undo',
};

/** What whoever looks may do about it, and for whom when it is not their own. */
export function actsOf(
  { state, requester, counterpart, confirmedBy }: SwapShown,
  { staffId, isSupervisor }: { staffId: string; isSupervisor: boolean },
): SwapActName[] {
  const isRequester = requester.id === staffId || isSupervisor;
  const isCounterpart = counterpart.id === staffId || isSupervisor;
  const isParty = isRequester || isCounterpart;
  if (state === 'requested') {
    const own: SwapActName[] = isCounterpart ? ['accept', 'decline'] : [];
    return isRequester ? [...own, 'withdraw'] : own;
  }
  if (state === 'reconfirm' && isParty) {
    const hasConfirmed = confirmedBy.some(({ id }) => id === staffId);
    return hasConfirmed ? ['decline'] : ['confirm', 'decline'];
  }
  return state === 'accepted' && isParty ? ['undo'] : [];
}

function Acts(props: ItemProps) {
  const { swap, program, csrf, staffId, isSupervisor, refused } = props;
  const acts = actsOf(swap, props);
  if (acts.length === 0) return null;
  const { id, version, requester, counterpart } = swap;
  const isForOthers = requester.id !== staffId && counterpart.id !== staffId;
  return (
    <form method="post" action={`/on-call/swaps/${id}`} class="stack">
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="program" value={program} />
      <input type="hidden" name="version" value={String(version)} />
      {refused?.swapId === id && (
        <Acceptance needs={refused.needs} fields={refused.fields} isSupervisor={isSupervisor} />
      )}
      {isForOthers && <p class="soft">You would act for them, and the record says so.</p>}
      <div class="buttons">
        {acts.map((act, at) => (
          <button name="act" value={act} class={at === 0 && act !== 'undo' ? '' : 'quiet'}>
            {actWords[act]}
            <span class="unseen">
              : {nameOf(counterpart)} takes a shift of {nameOf(requester)}
            </span>
          </button>
        ))}
      </div>
    </form>
  );
}
