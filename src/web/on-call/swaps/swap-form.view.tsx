import type { StoredSchedule } from '../../../oncall/schedules/schedules.service.js';
import type { FormFields } from '../../layout/form-body.js';
import { EffectView } from '../effect.view.js';
import { Line, type Option } from '../form-fields.js';
import { address } from '../on-call-page.js';
import { lengthText, stretchText } from '../times.js';
import { partnerCode, type ShiftChosen, shiftCode } from './shift-codes.js';
import type { ShiftToSwap } from './shifts-to-swap.service.js';
import type { LookedAtSwap } from './swap-forms.service.js';

export interface SwapFormProps {
  program: string;
  csrf: string;
  /** Whose shift it is. */
  requester: string;
  shift: ShiftChosen;
  schedule: StoredSchedule;
  fields: FormFields;
  people: readonly Option[];
  shifts: readonly ShiftToSwap[];
  names: ReadonlyMap<string, string>;
  looked: LookedAtSwap | null;
}

/** One form, sent twice: to look at what the swap would do, and to ask for it. */
export function SwapForm(props: SwapFormProps) {
  const { program, csrf, requester, shift, schedule, fields, looked, names } = props;
  const { zone } = schedule.body;
  return (
    <form method="post" action="/on-call/swaps" class="stack">
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="program" value={program} />
      <input type="hidden" name="requester" value={requester} />
      <input type="hidden" name="shift" value={shiftCode(shift)} />
      <p>
        <strong>{names.get(requester) ?? 'Somebody'}</strong> gives away: {schedule.name},{' '}
        {stretchText(shift, zone)} ({lengthText(shift.to - shift.from)}).{' '}
        <a href={`${address('/swaps', program)}&for=${requester}`}>Choose another shift</a>
      </p>
      <div class="fields">
        <PartnerChoice {...props} />
        <Line fields={fields} name="reason" label="Reason" required />
      </div>
      {looked && (
        <section class="looked stack" aria-labelledby="looked">
          <h3 id="looked">What it would do</h3>
          <input type="hidden" name="seen" value={looked.seen} />
          <EffectView
            changes={(looked.swap.effect?.changes ?? []).map(({ from, to, before, after }) => ({
              from: Date.parse(from),
              to: Date.parse(to),
              before: before.map(({ id }) => id),
              after: after.map(({ id }) => id),
            }))}
            warnings={looked.warnings}
            zone={zone}
            names={names}
          />
        </section>
      )}
      <div class="buttons">
        {looked && (
          <button name="act" value="request">
            Ask for this swap
          </button>
        )}
        <button name="act" value="look" class={looked ? 'quiet' : ''}>
          {looked ? 'Show again what it would do' : 'Show what it would do'}
        </button>
      </div>
    </form>
  );
}

const shiftsToChoose = 40;

/** Somebody, and which of their shifts is taken in return, if any. */
function PartnerChoice({ people, shifts, schedule, requester, fields }: SwapFormProps) {
  const { zone } = schedule.body;
  const chosen = fields['with'];
  const option = (code: string, words: string) => (
    <option value={code} selected={code === chosen}>
      {words}
    </option>
  );
  return (
    <label class="field">
      Who takes it
      <select name="with" required>
        <option value="">Choose</option>
        {people
          .filter(([id]) => id !== requester)
          .map(([id, name]) => (
            <optgroup label={name}>
              {option(partnerCode(id, null), `${name}, nothing in return`)}
              {shifts
                .filter((one) => one.person === id && one.schedule.id === schedule.id)
                .slice(0, shiftsToChoose)
                .map((one) =>
                  option(partnerCode(id, one), `${name}, in return: ${stretchText(one, zone)}`),
                )}
            </optgroup>
          ))}
      </select>
    </label>
  );
}
