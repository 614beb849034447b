import type { Acuity } from '../../../cases/rules/policy.js';
import type { OnCallStep, PersonOnStep } from '../../../oncall/on-call-steps.service.js';
import { acuityWords } from '../../layout/words.js';
import { address, OnCallPage } from '../on-call-page.js';
import type { Place } from '../places.service.js';
import { whenText } from '../times.js';
import type { ProgramDays, ScheduleDays } from './days.service.js';
import { ScheduleView } from './days.view.js';

interface NowPageProps {
  place: Place;
  now: Date;
  acuity: Acuity;
  steps: readonly OnCallStep[];
  days: ProgramDays;
}

export function NowPage({ place, now, acuity, steps, days }: NowPageProps) {
  const { key, zone } = place.program;
  const titles = new Map(days.schedules.map((one) => [one.key, one.name]));
  const paged = steps.flatMap(({ schedules }) => schedules);
  return (
    <OnCallPage place={place} tab="" title="Who is on call">
      <section class="card" aria-labelledby="now">
        <h2 id="now">Now, {whenText(now.getTime(), zone)}</h2>
        <p class="soft">
          Whom a flag of acuity {acuityWords[acuity].toLowerCase()} pages, step by step until
          somebody takes it.
        </p>
        <nav aria-label="Acuity" class="choices">
          {(Object.keys(acuityWords) as Acuity[]).map((one) => (
            <a
              href={`${address('', key)}&acuity=${one}`}
              {...(one === acuity && { 'aria-current': 'true' as const })}
            >
              {acuityWords[one]}
            </a>
          ))}
        </nav>
        <ol class="steps">
          {steps.map((step) => (
            <StepRow step={step} zone={zone} count={steps.length} titles={titles} />
          ))}
        </ol>
      </section>
      {days.schedules.length === 0 && <p class="empty">This program has no schedule.</p>}
      {inOrderOf(days.schedules, paged).map((schedule) => (
        <ScheduleView schedule={schedule} names={days.names} place={place} />
      ))}
    </OnCallPage>
  );
}

/** Those that are paged first come first, the others last. */
function inOrderOf(all: readonly ScheduleDays[], paged: readonly string[]): ScheduleDays[] {
  const place = ({ key }: ScheduleDays) => (paged.includes(key) ? paged.indexOf(key) : Infinity);
  return all.toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
}

interface StepRowProps {
  step: OnCallStep;
  zone: string;
  count: number;
  /** Names of schedules by key. */
  titles: ReadonlyMap<string, string>;
}

function StepRow({ step, zone, count, titles }: StepRowProps) {
  const isBackstop = step.step === count - 1;
  const schedules = step.schedules.map((key) => titles.get(key) ?? key).join(', ');
  return (
    <li class={step.people.length === 0 ? 'missing' : ''}>
      <span class="soft">{isBackstop ? 'Backstop' : `Step ${step.step + 1}`}</span>
      {step.people.length === 0 && (
        <p>
          <strong class="person">Nobody</strong>
          <small>{schedules && `${schedules} · `}this step is passed over at once</small>
        </p>
      )}
      <ul>
        {step.people.map((person) => (
          <li>
            <strong class="person">{person.name ?? 'Somebody'}</strong>
            <small>{reasonText(person, zone)}</small>
          </li>
        ))}
      </ul>
    </li>
  );
}

function reasonText({ why, until }: PersonOnStep, zone: string): string {
  const reason = why.charAt(0).toUpperCase() + why.slice(1);
  return until === null ? reason : `${reason} · until ${whenText(until.getTime(), zone)}`;
}
