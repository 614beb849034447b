import type { Acuity } from '../../../cases/rules/policy.js';
import type { Played } from '../../../cases/simulation/simulations.service.js';
import type { Need } from '../../../programs/rules/needs.js';
import { acuityWords } from '../../layout/words.js';
import { OnCallPage } from '../on-call-page.js';
import type { Place } from '../places.service.js';
import { whenText } from '../times.js';
import { PlayedView } from './played.view.js';
import type { StripDay } from './week-strip.js';
import { WeekView } from './week.view.js';

export interface Question {
  acuity: Acuity;
  need: Need | null;
  /** As it was typed, in the zone of the program. */
  at: string;
  nth: number;
}

interface SimulationPageProps {
  place: Place;
  question: Question;
  /** What is wrong with the question. */
  problem: string | null;
  answer: { at: Date; played: Played; days: StripDay[] } | null;
}

const needWords: Readonly<Record<Need, string>> = {
  crisis: 'Crisis',
  coaching: 'Coaching',
  medication: 'Medication',
  session: 'Session',
};

export function SimulationPage({ place, question, problem, answer }: SimulationPageProps) {
  const { key, zone } = place.program;
  return (
    <OnCallPage place={place} tab="/simulation" title="Simulation">
      <section class="card" aria-labelledby="question">
        <h2 id="question">What would happen to a flag that nobody answers?</h2>
        {problem && (
          <p class="alert" role="alert">
            {problem}
          </p>
        )}
        <QuestionForm question={question} program={key} zone={zone} />
      </section>
      {answer && (
        <>
          <section class="card" aria-labelledby="played">
            <h2 id="played">Raised {whenText(answer.at.getTime(), zone)}</h2>
            {answer.played.acuity !== question.acuity && (
              <p class="hint">
                A flag like this counts as {acuityWords[answer.played.acuity].toLowerCase()}.
              </p>
            )}
            <PlayedView played={answer.played} at={answer.at} zone={zone} />
          </section>
          <section class="card" aria-labelledby="week">
            <h2 id="week">The whole week from that day</h2>
            <WeekView
              days={answer.days}
              zone={zone}
              nth={question.nth}
              base={base(key, question)}
            />
          </section>
        </>
      )}
    </OnCallPage>
  );
}

function base(program: string, { acuity, need, nth }: Question): string {
  const asked = { program, acuity, need: need ?? '', nth: String(nth) };
  return `/on-call/simulation?${new URLSearchParams(asked).toString()}`;
}

interface QuestionFormProps {
  question: Question;
  program: string;
  zone: string;
}

function QuestionForm({ question, program, zone }: QuestionFormProps) {
  const { acuity, need, at, nth } = question;
  return (
    <form method="get" action="/on-call/simulation" class="fields">
      <input type="hidden" name="program" value={program} />
      <label class="field">
        Acuity
        <select name="acuity">
          {Object.entries(acuityWords).map(([code, words]) => (
            <option value={code} selected={code === acuity}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        About
        <select name="need">
          <option value="">Not said</option>
          {Object.entries(needWords).map(([code, words]) => (
            <option value={code} selected={code === need}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        Raised at ({zone})
        <input type="datetime-local" name="at" value={at} />
      </label>
      <label class="field">
        In the week, time to
        <select name="nth">
          {['First person', 'Second person', 'Third person'].map((words, which) => (
            <option value={String(which + 1)} selected={which + 1 === nth}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <button>Play it</button>
    </form>
  );
}
