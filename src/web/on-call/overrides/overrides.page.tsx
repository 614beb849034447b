import type { StoredOverride } from '../../../oncall/overrides/overrides.service.js';
import type { StoredSchedule } from '../../../oncall/schedules/schedules.service.js';
import type { FormFields } from '../../layout/form-body.js';
import type { Option } from '../form-fields.js';
import { address, OnCallPage } from '../on-call-page.js';
import type { Place } from '../places.service.js';
import { OverrideForm } from './override-form.view.js';
import type { Looked } from './override-forms.service.js';
import { OverrideList, type Refused } from './override-list.view.js';

export type Done = 'made' | 'taken-back';

/** What was just sent, as it is shown again. */
export interface Sent {
  fields: FormFields;
  problem: string | null;
  looked: Looked | null;
  refused: Refused | null;
}

export interface OverridesPageProps {
  place: Place;
  now: Date;
  schedules: readonly StoredSchedule[];
  schedule: StoredSchedule | null;
  rows: readonly StoredOverride[];
  people: readonly Option[];
  names: ReadonlyMap<string, string>;
  sent: Sent;
  done: Done | null;
}

const doneWords: Readonly<Record<Done, string>> = {
  made: 'The override is made. Whoever it concerns is told.',
  'taken-back': 'The override no longer holds. Whoever it concerns is told.',
};

export function OverridesPage(props: OverridesPageProps) {
  const { place, schedule, done, sent } = props;
  return (
    <OnCallPage place={place} tab="/overrides" title="Overrides">
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
      <ScheduleChoice {...props} />
      {schedule === null ? (
        <p class="empty">This program has no schedule.</p>
      ) : (
        <OfSchedule {...props} schedule={schedule} />
      )}
    </OnCallPage>
  );
}

function OfSchedule(props: OverridesPageProps & { schedule: StoredSchedule }) {
  const { place, schedule, now, rows, people, names, sent } = props;
  const { key: program } = place.program;
  const { csrf } = place.viewer;
  const { mayEdit, isSupervisor } = place;
  const { zone } = schedule.body;
  const common = { program, csrf, isSupervisor, names };
  return (
    <>
      {mayEdit && (
        <section class="card" aria-labelledby="new">
          <h2 id="new">New override of {schedule.name}</h2>
          <OverrideForm
            {...common}
            schedule={schedule}
            fields={sent.fields}
            people={people}
            looked={sent.looked}
          />
        </section>
      )}
      <section class="card" aria-labelledby="list">
        <h2 id="list">Overrides of {schedule.name}, now and to come</h2>
        <OverrideList
          {...common}
          rows={rows}
          now={now}
          zone={zone}
          scheduleId={schedule.id}
          mayEdit={mayEdit}
          refused={sent.refused}
        />
      </section>
    </>
  );
}

function ScheduleChoice({ place, schedules, schedule }: OverridesPageProps) {
  if (schedules.length < 2) return null;
  return (
    <nav aria-label="Schedule" class="choices">
      {schedules.map(({ id, key, name }) => (
        <a
          href={`${address('/overrides', place.program.key)}&schedule=${encodeURIComponent(key)}`}
          {...(id === schedule?.id && { 'aria-current': 'true' as const })}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}
