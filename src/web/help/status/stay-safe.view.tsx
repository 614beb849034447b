import type { PlanSection } from '../../../participants/own-plan.service.js';
import type { Say } from '../../../wording/wording.service.js';

interface StaySafeProps {
  say: Say;
  plan: readonly PlanSection[] | null;
}

/** What somebody can do by themselves: their own plan where there is one. */
export function StaySafe({ say, plan }: StaySafeProps) {
  return (
    <section class="stay">
      <h2>{say('help.stay_safe')}</h2>
      <ul>
        <li>{say('screen.safer_place')}</li>
        <li>
          <strong>{say('screen.slow_breathing')}.</strong> {say('help.breathe')}
        </li>
        {plan === null && (
          <li>
            <strong>{say('screen.your_plan')}.</strong> {say('help.plan')}
          </li>
        )}
      </ul>
      {plan !== null && <OwnPlan say={say} plan={plan} />}
    </section>
  );
}

/** Folded, so that a glance over a shoulder sees two words. */
function OwnPlan({ say, plan }: { say: Say; plan: readonly PlanSection[] }) {
  return (
    <details class="more">
      <summary>{say('screen.your_plan')}</summary>
      <ol class="plan">
        {plan.map(({ name, text }) => (
          <li>
            {name && <strong>{say(headings[name])}</strong>}
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </details>
  );
}

const headings = {
  warningSigns: 'plan.warning_signs',
  internalCoping: 'plan.internal_coping',
  peopleAndPlaces: 'plan.people_and_places',
  peopleToAsk: 'plan.people_to_ask',
  professionals: 'plan.professionals',
  saferSurroundings: 'plan.safer_surroundings',
} as const;
