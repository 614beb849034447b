import type { StoredSchedule } from '../../../oncall/schedules/schedules.service.js';
import type { FormFields } from '../../layout/form-body.js';
import { Acceptance } from '../acceptances.js';
import { EffectView } from '../effect.view.js';
import { Choice, Line, LocalTime, type Option } from '../form-fields.js';
import type { Looked } from './override-forms.service.js';

export interface OverrideFormProps {
  schedule: StoredSchedule;
  /** The key of the program. */
  program: string;
  csrf: string;
  isSupervisor: boolean;
  fields: FormFields;
  people: readonly Option[];
  names: ReadonlyMap<string, string>;
  looked: Looked | null;
}

const kinds: readonly Option[] = [
  ['replace', 'Somebody else is on call'],
  ['add', 'Somebody is on call as well'],
  ['remove', 'Somebody is off call'],
];

/** One form, sent twice: to look at what it would do, and to do it. */
export function OverrideForm(props: OverrideFormProps) {
  const { schedule, program, csrf, fields, people, looked } = props;
  const { zone } = schedule.body;
  const kind = fields['kind'] ?? 'replace';
  return (
    <form method="post" action="/on-call/overrides" class="stack">
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="program" value={program} />
      <input type="hidden" name="schedule" value={schedule.id} />
      <div class="fields">
        <Choice
          fields={{ ...fields, kind }}
          name="kind"
          label="What changes"
          options={kinds}
          required
        />
        <Choice
          fields={fields}
          name="incoming"
          label="Who comes on call"
          options={people}
          none="Nobody"
        />
        <Choice
          fields={fields}
          name="outgoing"
          label="Instead of, or who is off call"
          options={people}
          none="Nobody"
        />
        <LocalTime fields={fields} name="from" label={`From, in ${zone} (empty: now)`} />
        <LocalTime fields={fields} name="to" label={`To, in ${zone}`} required />
        <Line fields={fields} name="reason" label="Reason" required />
      </div>
      {looked && <LookedAt {...props} looked={looked} />}
      <div class="buttons">
        {looked && (
          <button name="act" value="make">
            Make this override
          </button>
        )}
        <button
          name="act"
          value="look"
          class={looked ? 'quiet' : ''}
          formNoValidate={looked !== null}
        >
          {looked ? 'Show again what it would do' : 'Show what it would do'}
        </button>
      </div>
    </form>
  );
}

function LookedAt(props: OverrideFormProps & { looked: Looked }) {
  const { schedule, looked, fields, isSupervisor, names } = props;
  const { effect, needs, seen } = looked;
  return (
    <section class="looked stack" aria-labelledby="looked">
      <h3 id="looked">What it would do</h3>
      <input type="hidden" name="seen" value={seen} />
      <EffectView
        changes={effect.differences}
        warnings={effect.warnings}
        zone={schedule.body.zone}
        names={names}
      />
      <Acceptance needs={needs} fields={fields} isSupervisor={isSupervisor} />
    </section>
  );
}
