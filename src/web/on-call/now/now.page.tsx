import type { Acuity } from '../../../cases/rules/policy.js';
import type { OnCallStep, PersonOnStep } from '../../../oncall/on-call-steps.service.js';
import { acuityWords } from '../../layout/words.js';
import { address, OnCallPage } from '../on-call-page.js';
import type { Place } from '../places.service.js';
import { whenText } from '../times.js';
import type { ProgramDays } from './days.service.js';
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
            <StepRow step={step} zone={zone} count={steps.length} />
          ))}
        </ol>
      </section>
      {days.schedules.length === 0 && <p class="empty">This program has no schedule.</p>}
      {days.schedules.map((schedule) => (
        <ScheduleView schedule={schedule} names={days.names} />
      ))}
    </OnCallPage>
  );
}

function StepRow({ step, zone, count }: { step: OnCallStep; zone: string; count: number }) {
  const isBackstop = step.step === count - 1;
  return (
    <li class={step.people.length === 0 ? 'missing' : ''}>
      <span class="soft">{isBackstop ? 'Backstop' : `Step ${step.step + 1}`}</span>
      {step.people.length === 0 && (
        <p>
          <strong>Nobody</strong> <small>This step is passed over at once.</small>
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
